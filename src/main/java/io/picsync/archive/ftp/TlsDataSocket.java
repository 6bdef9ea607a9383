package io.picsync.archive.ftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import org.apache.commons.net.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The TCP socket below a protected data connection. It bears the control connection's port, by
 * which JSSE finds the session to resume; and its end is no end to JSSE, which else takes a
 * connection that was cut for one that was closed with close_notify.
 */
final class TlsDataSocket extends Socket {
  private final int controlPort;
  private volatile boolean mayEnd;

  TlsDataSocket(int controlPort) {
    this.controlPort = controlPort;
  }

  /** The control connection's. */
  @Override
  public int getPort() {
    return controlPort;
  }

  /** From now on the server may end without close_notify: it has nothing more to send. */
  void mayEnd() {
    mayEnd = true;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        return told(super.read());
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return told(super.read(into, offset, length));
      }
    };
  }

  private int told(int read) throws IOException {
    if (read < 0 && !mayEnd) {
      throw new IOException("the data connection was cut: it ended without TLS's close_notify");
    }
    return read;
  }

  /**
   * For passive mode.
   *
   * @param opened is told of each one before it connects
   */
  static DefaultSocketFactory connecting(int controlPort, UnaryOperator<Socket> opened) {
    return new DefaultSocketFactory() {
      @Override
      public Socket createSocket() {
        return opened.apply(new TlsDataSocket(controlPort));
      }
    };
  }

  /** For active mode. */
  static ServerSocketFactory accepting(int controlPort) {
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket(int port) throws IOException {
        return new Listener(port, 1, null, controlPort);
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return new Listener(port, backlog, null, controlPort);
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress at)
          throws IOException {
        return new Listener(port, backlog, at, controlPort);
      }
    };
  }

  private static final class Listener extends ServerSocket {
    private final int controlPort;

    Listener(int port, int backlog, @Nullable InetAddress at, int controlPort) throws IOException {
      super(port, backlog, at);
      this.controlPort = controlPort;
    }

    @Override
    public Socket accept() throws IOException {
      TlsDataSocket socket = new TlsDataSocket(controlPort);
      implAccept(socket);
      return socket;
    }
  }
}
