package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;

/** Plain FTP clients that talk to the servers of this package. */
final class FtpClients {
  private FtpClients() {}

  static FTPClient login(ScriptedFtpServer server) throws IOException {
    return login(server.port(), ScriptedFtpServer.USER, ScriptedFtpServer.PASSWORD);
  }

  static FTPClient login(FtpDaemon server) throws IOException {
    return login(server.port(), server.user(), server.password());
  }

  private static FTPClient login(int port, String user, String password) throws IOException {
    FTPClient client = new FTPClient();
    client.setControlEncoding("UTF-8");
    client.setDataTimeout(Duration.ofSeconds(10));
    client.setDefaultTimeout(10_000);
    client.connect("127.0.0.1", port);
    if (!client.login(user, password)) {
      throw new IOException("Login refused: " + client.getReplyString());
    }
    client.setFileType(FTP.BINARY_FILE_TYPE);
    client.enterLocalPassiveMode();
    return client;
  }

  /** Sends all commands in one packet and tells the codes of all replies, greeting first. */
  static List<String> converse(int port, String... commands) throws IOException {
    try (Socket socket = connect(port)) {
      String packet = String.join("\r\n", commands) + "\r\n";
      socket.getOutputStream().write(packet.getBytes(UTF_8));
      String replies = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return replies.lines().map(line -> line.substring(0, 3)).toList();
    }
  }

  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
