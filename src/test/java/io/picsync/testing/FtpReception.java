package io.picsync.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Accepts control connections, as many as are wanted, and gives each a thread. */
final class FtpReception implements Closeable {
  private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final Set<FtpConversation> conversations = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "scripted-ftp");
            thread.setDaemon(true);
            return thread;
          });
  private final FtpJournal journal;
  private final BiFunction<Integer, Socket, FtpConversation> conversation;
  private volatile int maxConnections = Integer.MAX_VALUE;

  FtpReception(FtpJournal journal, BiFunction<Integer, Socket, FtpConversation> conversation)
      throws IOException {
    this.journal = journal;
    this.conversation = conversation;
  }

  void open() {
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void maxConnections(int most) {
    maxConnections = most;
  }

  void dropConnections() throws IOException {
    for (FtpConversation open : conversations) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
    dropConnections();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A conversation of the scripted server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void admit(Socket control) throws IOException {
    if (journal.openConnections() >= maxConnections) {
      refuse(control);
      return;
    }
    control.setTcpNoDelay(true);
    FtpConversation admitted = conversation.apply(journal.connected(), control);
    conversations.add(admitted);
    try {
      threads.execute(() -> converse(admitted));
    } catch (RejectedExecutionException e) {
      admitted.close();
    }
  }

  private void refuse(Socket control) {
    journal.refused();
    try (control) {
      control
          .getOutputStream()
          .write("421 Too many connections\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The client left before it was refused.
    }
  }

  private void converse(FtpConversation admitted) {
    try {
      admitted.run();
    } finally {
      conversations.remove(admitted);
      journal.disconnected();
    }
  }
}
