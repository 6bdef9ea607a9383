package io.picsync.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until a vsftpd that was just started answers. */
final class VsftpdProbe {
  private static final int TRIES = 500;
  private static final int PAUSE_MILLIS = 10;

  private VsftpdProbe() {}

  /** False if the daemon ended, for instance because its port is taken, or stays silent. */
  static boolean answers(Process daemon, int port, @Nullable TlsSetup tls) throws IOException {
    for (int i = 0; i < TRIES && !ended(daemon); i++) {
      if (greets(port, tls)) {
        return noSessions(daemon);
      }
    }
    return false;
  }

  private static boolean greets(int port, @Nullable TlsSetup tls) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Socket socket =
        tls != null && tls.implicit()
            ? tls.client().getSocketFactory().createSocket(loopback, port)
            : new Socket(loopback, port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("QUIT\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return answer.startsWith("220");
    } catch (IOException e) {
      return false;
    }
  }

  /** The probe's own session would count against max_per_ip. */
  private static boolean noSessions(Process daemon) throws IOException {
    for (int i = 0; i < TRIES && !ended(daemon); i++) {
      if (daemon.descendants().findAny().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean ended(Process daemon) throws IOException {
    try {
      return daemon.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while vsftpd starts", e);
    }
  }
}
