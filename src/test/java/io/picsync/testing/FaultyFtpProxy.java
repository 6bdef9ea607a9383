package io.picsync.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between FTP clients and a server on loopback and spoils a share of the server's replies:
 * cuts the connection instead, holds the reply up for a moment, turns it into a 450 although the
 * command was carried out, or cuts the data connection. Data connections go through it too.
 */
public final class FaultyFtpProxy implements AutoCloseable {
  /** What becomes of a reply. */
  public enum Kind {
    CUT,
    STALL,
    REFUSE,
    CUT_DATA
  }

  private static final Pattern PASSIVE =
      Pattern.compile("\\((\\d+,\\d+,\\d+,\\d+),(\\d+),(\\d+)\\)");
  private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");
  private static final int LONGEST_STALL_MILLIS = 200;

  private final ServerSocket listener = new ServerSocket(0, 100, loopback());
  private final int server;
  private final double share;
  private final Random random;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "faulty-ftp-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Map<Kind, Long> faults = new EnumMap<>(Kind.class);
  private long replies;

  private FaultyFtpProxy(int server, double share, long seed) throws IOException {
    this.server = server;
    this.share = share;
    this.random = new Random(seed);
  }

  /**
   * @param share of the replies that are spoilt, 0 to 1
   */
  public static FaultyFtpProxy start(int serverPort, double share, long seed) throws IOException {
    FaultyFtpProxy proxy = new FaultyFtpProxy(serverPort, share, seed);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  public String uri() {
    return "ftp://127.0.0.1:" + listener.getLocalPort();
  }

  /** Control connections open now. */
  public int openConnections() {
    return sessions.size();
  }

  /** How many replies there were, and how many of them were spoilt in which way. */
  public synchronized String tally() {
    return "replies=%d faults=%s".formatted(replies, faults);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        new Session(listener.accept()).begin();
      } catch (IOException e) {
        // the client is cut off, or this proxy is closed
      }
    }
  }

  private synchronized boolean isSpoilt() {
    replies++;
    return random.nextDouble() < share;
  }

  private synchronized Kind choose() {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    faults.merge(kind, 1L, Long::sum);
    return kind;
  }

  private synchronized int stallMillis() {
    return 1 + random.nextInt(LONGEST_STALL_MILLIS);
  }

  /** Passes bytes on until either side ends, then ends both. */
  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // cut off: what pictures meet
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    sessions.forEach(Session::cut);
    threads.shutdownNow();
  }

  /** One control connection with its data connections. */
  private final class Session {
    private final Socket client;
    private final Socket control;
    private final Set<AutoCloseable> data = ConcurrentHashMap.newKeySet();

    Session(Socket client) throws IOException {
      this.client = client;
      try {
        this.control = new Socket(loopback(), server);
      } catch (IOException e) {
        client.close();
        throw e;
      }
    }

    void begin() {
      sessions.add(this);
      threads.execute(() -> pump(client, control));
      threads.execute(this::replies);
    }

    private void replies() {
      try {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(control.getInputStream(), ISO_8859_1));
        OutputStream out = client.getOutputStream();
        for (String reply = read(in); reply != null && pass(reply, out); reply = read(in)) {
          out.flush();
        }
      } catch (IOException | InterruptedException e) {
        // either side is gone
      } finally {
        cut();
      }
    }

    /** All lines of a reply (RFC 959 4.2), or null at the end. */
    private static @Nullable String read(BufferedReader in) throws IOException {
      StringBuilder reply = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reply.append(line).append("\r\n");
        if (line.matches("\\d{3} .*") && line.startsWith(reply.substring(0, 3))) {
          return reply.toString();
        }
      }
      return null;
    }

    private boolean pass(String reply, OutputStream out) throws IOException, InterruptedException {
      String passed = reply;
      if (isSpoilt()) {
        switch (choose()) {
          case CUT -> {
            return false;
          }
          case STALL -> {
            if (closed.await(stallMillis(), TimeUnit.MILLISECONDS)) {
              return false;
            }
          }
          case REFUSE -> passed = reply.startsWith("1") ? reply : "450 Not now.\r\n";
          case CUT_DATA -> cutData();
        }
      }
      out.write(rewritten(passed).getBytes(ISO_8859_1));
      return true;
    }

    private String rewritten(String reply) throws IOException {
      Matcher passive = PASSIVE.matcher(reply);
      if (reply.startsWith("227") && passive.find()) {
        int port =
            data(Integer.parseInt(passive.group(2)) * 256 + Integer.parseInt(passive.group(3)));
        return "227 Entering Passive Mode (127,0,0,1,%d,%d).\r\n".formatted(port / 256, port % 256);
      }
      Matcher extended = EXTENDED.matcher(reply);
      if (reply.startsWith("229") && extended.find()) {
        return "229 Entering Extended Passive Mode (|||%d|).\r\n"
            .formatted(data(Integer.parseInt(extended.group(1))));
      }
      return reply;
    }

    /** Listens for the one data connection that is to reach this port of the server. */
    private int data(int port) throws IOException {
      ServerSocket door = new ServerSocket(0, 1, loopback());
      door.setSoTimeout(10_000);
      data.add(door);
      threads.execute(
          () -> {
            try (door) {
              Socket from = door.accept();
              Socket to = new Socket(loopback(), port);
              data.add(from);
              data.add(to);
              threads.execute(() -> pump(to, from));
              pump(from, to);
              data.remove(from);
              data.remove(to);
            } catch (IOException e) {
              // nobody came, or the session was cut
            } finally {
              data.remove(door);
            }
          });
      return door.getLocalPort();
    }

    private void cutData() {
      for (AutoCloseable connection : data) {
        closeQuietly(connection);
      }
      data.clear();
    }

    private void cut() {
      cutData();
      closeQuietly(client);
      closeQuietly(control);
      sessions.remove(this);
    }

    private static void closeQuietly(AutoCloseable connection) {
      try {
        connection.close();
      } catch (Exception e) {
        // closed is what it was to be
      }
    }
  }
}
