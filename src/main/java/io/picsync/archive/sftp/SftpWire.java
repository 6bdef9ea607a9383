package io.picsync.archive.sftp;

import io.picsync.archive.pool.RoundTrip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Requests out, replies in, matched by their ids: many may be under way, and servers may answer
 * them in any order. A reply that nobody waits for any more is passed over when it comes. One
 * thread at a time.
 */
final class SftpWire {
  /**
   * No server sends more at once; text before the protocol, as login scripts print, looks longer.
   */
  private static final int LONGEST = 1 << 20;

  private static final int VERSION = 3;

  private final SshChannel channel;
  private final Map<Integer, Reply> early = new HashMap<>();
  private final Set<Integer> unanswered = new HashSet<>();
  private final Set<Integer> unwanted = new HashSet<>();
  private byte[] buffer = new byte[64 * 1024];
  private final RoundTrip roundTrip = new RoundTrip();
  private LongConsumer latency = nanos -> {};

  /** A request of a few bytes that no other was under way before. */
  private int timed;

  private long sent;
  private long shortest = Long.MAX_VALUE;
  private int lastId;
  private boolean flushed = true;
  private boolean broken;

  SftpWire(SshChannel channel) {
    this.channel = channel;
  }

  /**
   * The first words, to be said once.
   *
   * @return the server's extensions with their data; without any for one that another one lists
   */
  Map<String, String> greet() throws IOException {
    broken = true;
    // the version stands in the id's place
    new Request(Verb.INIT).writeTo(channel.output(), VERSION, 0);
    channel.output().flush();
    Reply reply = read(1).expect(Reply.VERSION);
    int version = reply.number();
    if (version != VERSION) {
      throw new IOException(
          "the server speaks SFTP version %d, version 3 is needed".formatted(version));
    }
    Map<String, String> extensions = new TreeMap<>();
    while (reply.hasMore()) {
      String name = reply.text(StandardCharsets.UTF_8);
      byte[] data = reply.bytes();
      extensions.put(name, new String(data, StandardCharsets.UTF_8));
      Supported.names(name, data).forEach(listed -> extensions.putIfAbsent(listed, ""));
    }
    broken = false;
    return extensions;
  }

  /** Puts a request on its way; it leaves at the latest when a reply is waited for. */
  int send(Request request) throws IOException {
    return send(request, new byte[0], 0, 0);
  }

  /** The same with bytes that end the packet. */
  int send(Request request, byte[] bytes, int offset, int length) throws IOException {
    refuseBroken();
    int id = ++lastId;
    broken = true;
    request.writeTo(channel.output(), id, length);
    if (length > 0) {
      channel.output().write(bytes, offset, length);
    }
    broken = false;
    flushed = false;
    if (unanswered.isEmpty() && length == 0 && request.verb() != Verb.READ) {
      timed = id;
      sent = System.nanoTime();
    }
    unanswered.add(id);
    return id;
  }

  void flush() throws IOException {
    if (!flushed) {
      broken = true;
      channel.output().flush();
      broken = false;
      flushed = true;
    }
  }

  /**
   * Waits until as many replies have come as requests up to this one are unanswered, so that the
   * thread that awaits them is woken once. No more than a hint: what fails is told when they are
   * awaited.
   */
  void gather(int id) throws IOException {
    refuseBroken();
    flush();
    int due = 0;
    for (int sent : unanswered) {
      due += sent <= id ? 1 : 0;
    }
    channel.input().awaitPackets(due);
  }

  /** Waits for the reply to this request. It is valid until the next one is waited for. */
  Reply await(int id) throws IOException {
    Reply reply = early.remove(id);
    if (reply != null) {
      return reply;
    }
    refuseBroken();
    flush();
    boolean alone = unanswered.size() == 1;
    long asked = System.nanoTime();
    while (true) {
      broken = true;
      reply = read(5);
      int answered = lastRead;
      if (!unanswered.remove(answered)) {
        throw new IOException(
            "the server answered request %d, which was never sent".formatted(answered));
      }
      broken = false;
      if (answered == timed) {
        long took = System.nanoTime() - sent;
        shortest = Math.min(shortest, took);
        latency.accept(took);
      }
      if (answered == id) {
        if (alone) {
          roundTrip.took(System.nanoTime() - asked);
        }
        return reply;
      }
      if (!unwanted.remove(answered)) {
        buffer = new byte[64 * 1024]; // the early one keeps the other
        early.put(answered, reply);
      }
    }
  }

  void tellLatency(LongConsumer answered) {
    latency = answered;
  }

  /** Passes over all replies that are still due: their work was given up. */
  void forgetAll() {
    early.clear();
    unwanted.addAll(unanswered);
  }

  /** Of requests that were alone under way. */
  RoundTrip roundTrip() {
    return roundTrip;
  }

  /** Nanoseconds that the quickest reply took; the largest number before the first. */
  long shortest() {
    return shortest;
  }

  boolean inStep() {
    return !broken;
  }

  private void refuseBroken() throws IOException {
    if (broken) {
      throw new IOException("the connection broke before");
    }
  }

  private int lastRead;

  /**
   * @param head bytes of type and id
   */
  private Reply read(int head) throws IOException {
    channel.input().read(buffer, 0, 4);
    int length = ByteBuffer.wrap(buffer, 0, 4).getInt();
    if (length < head || length > LONGEST) {
      throw new IOException(
          "the server sent a packet of %s bytes; text that its login script prints comes across like that"
              .formatted(Integer.toUnsignedString(length)));
    }
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    channel.input().read(buffer, 0, length);
    channel.input().packetRead();
    ByteBuffer fields = ByteBuffer.wrap(buffer, 0, length);
    int type = fields.get() & 0xff;
    lastRead = head > 1 ? fields.getInt() : 0;
    return new Reply(type, fields);
  }
}
