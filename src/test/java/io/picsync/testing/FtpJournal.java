package io.picsync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what clients did: every command in order of arrival, and how many were connected. */
final class FtpJournal {
  private final List<FtpCall> calls = new ArrayList<>();
  private int accepted;
  private int refused;
  private int open;
  private int peak;

  synchronized void record(FtpCall call) {
    calls.add(call);
  }

  /** Numbers an admitted connection, from 1. */
  synchronized int connected() {
    open++;
    peak = Math.max(peak, open);
    return ++accepted;
  }

  synchronized void disconnected() {
    open--;
  }

  synchronized void refused() {
    refused++;
  }

  synchronized List<FtpCall> calls() {
    return List.copyOf(calls);
  }

  synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    calls.forEach(call -> counts.merge(call.verb(), 1, Integer::sum));
    return counts;
  }

  synchronized int openConnections() {
    return open;
  }

  synchronized int peakConnections() {
    return peak;
  }

  synchronized int acceptedConnections() {
    return accepted;
  }

  synchronized int refusedConnections() {
    return refused;
  }

  /** Forgets the commands and the peak; connections that are open stay counted. */
  synchronized void clear() {
    calls.clear();
    peak = open;
  }
}
