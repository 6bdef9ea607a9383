package io.picsync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port for a server that is to start on a port told beforehand, or where nobody listens.
 *
 * <p>It lies below those that Linux gives by itself (from 32768, {@code ip_local_port_range}).
 * Else, until the server has it, it may become the passive port of an FTP server in another test,
 * and whoever asks whether the server is there yet would be taken for that test's data connection.
 */
public final class FreePort {
  private static final int LEAST = 20_000;
  private static final int BOUND = 32_768;

  private FreePort() {}

  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException e) {
        // taken; another one then
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
