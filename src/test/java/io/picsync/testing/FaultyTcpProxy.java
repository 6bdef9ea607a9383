package io.picsync.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of connections on to a server on loopback, whatever they mean, until a fault
 * that a test armed strikes, once, after so many bytes more in one direction.
 */
public final class FaultyTcpProxy implements AutoCloseable {
  /** What becomes of a connection: both ends closed, or no further byte passed on. */
  public enum Kind {
    CUT,
    STALL
  }

  /** Which bytes are counted, and end. */
  public enum Way {
    TO_SERVER,
    TO_CLIENT
  }

  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final int server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "faulty-tcp-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private @Nullable Kind armed;
  private Way way = Way.TO_CLIENT;
  private long left;
  private int connections;
  private int strikes;

  private FaultyTcpProxy(int server) throws IOException {
    this.server = server;
  }

  public static FaultyTcpProxy start(int serverPort) throws IOException {
    FaultyTcpProxy proxy = new FaultyTcpProxy(serverPort);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** For the next connection that sends more than so many bytes from now on, all together. */
  public synchronized void arm(Kind kind, Way direction, long bytes) {
    armed = kind;
    way = direction;
    left = bytes;
  }

  /** Forgets a fault that has not struck. */
  public synchronized void disarm() {
    armed = null;
  }

  /** Faults that have struck. */
  public synchronized int strikes() {
    return strikes;
  }

  /** Connections that there were. */
  public synchronized int connections() {
    return connections;
  }

  private synchronized @Nullable Kind strike(Way direction, int bytes) {
    if (armed == null || way != direction) {
      return null;
    }
    left -= bytes;
    if (left >= 0) {
      return null;
    }
    Kind kind = armed;
    armed = null;
    strikes++;
    return kind;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        synchronized (this) {
          connections++;
        }
        threads.execute(() -> pump(client, upstream, Way.TO_SERVER));
        threads.execute(() -> pump(upstream, client, Way.TO_CLIENT));
      } catch (IOException e) {
        // the server is gone, or this proxy is closed
      }
    }
  }

  private void pump(Socket from, Socket to, Way direction) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        Kind kind = strike(direction, read);
        if (kind == Kind.STALL) {
          closed.await();
        }
        if (kind != null) {
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // either end is gone
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
