package io.picsync.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Asks an FTP daemon that was just started whether it is there. */
final class FtpProbe {
  private FtpProbe() {}

  static boolean greets(Socket plain, @Nullable TlsSetup tls) throws IOException {
    Socket socket =
        tls != null && tls.implicit()
            ? tls.client()
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", plain.getPort(), true)
            : plain;
    socket.getOutputStream().write("QUIT\r\n".getBytes(US_ASCII));
    String greeting = new String(socket.getInputStream().readAllBytes(), US_ASCII);
    return greeting.startsWith("220") || greeting.startsWith("SSH-2.0-");
  }
}
