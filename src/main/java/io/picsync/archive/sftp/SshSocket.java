package io.picsync.archive.sftp;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Makes the socket of one connection and keeps it: closing it is the one way to end what JSch's
 * threads wait for. For one connection.
 */
final class SshSocket implements SocketFactory {
  private final Duration connectTimeout;
  private final Socket socket = new Socket();

  SshSocket(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  Socket socket() {
    return socket;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // closed is what it was to be
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    socket.setTcpNoDelay(true);
    socket.connect(address, (int) connectTimeout.toMillis());
    return socket;
  }

  @Override
  public InputStream getInputStream(Socket made) throws IOException {
    return made.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket made) throws IOException {
    return made.getOutputStream();
  }
}
