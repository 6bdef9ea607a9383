package io.picsync.archive.sftp;

import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
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
  /** JSch reads each packet in two parts; what has come is taken from the kernel at once. */
  private static final int READ_AT_ONCE = 128 * 1024;

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
    return new BufferedInputStream(made.getInputStream(), READ_AT_ONCE);
  }

  @Override
  public OutputStream getOutputStream(Socket made) throws IOException {
    return made.getOutputStream();
  }
}
