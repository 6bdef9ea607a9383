package io.picsync.archive.ftp;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The data connection of one transfer, in the clear or under TLS. One thread at a time but for
 * {@link #abort}.
 */
final class DataConnection implements Closeable {
  private static final int UNEXPECTED = 4096;

  private final Socket tcp;
  private final @Nullable SSLSocket tls;
  private boolean ended;

  /**
   * @param tls over {@code tcp}, hands shaken; null in the clear
   */
  DataConnection(Socket tcp, @Nullable SSLSocket tls) {
    this.tcp = tcp;
    this.tls = tls;
  }

  /**
   * Ends where the server ended it; under TLS a connection that was cut before the server's
   * close_notify throws instead.
   */
  InputStream input() throws IOException {
    if (tls == null) {
      return tcp.getInputStream();
    }
    return new FilterInputStream(tls.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        ended |= read < 0;
        return read;
      }

      @Override
      public void close() throws IOException {
        DataConnection.this.close();
      }
    };
  }

  OutputStream output() throws IOException {
    return tls == null ? tcp.getOutputStream() : tls.getOutputStream();
  }

  /**
   * After the last byte of an upload: under TLS tells the server so and reads until it has ended
   * too. A close with a session ticket unread would reset the connection, and the server might lose
   * what it has not read yet.
   */
  void finish() throws IOException {
    if (tls == null) {
      return;
    }
    tls.shutdownOutput(); // close_notify, and the end of TCP's stream
    if (tcp instanceof TlsDataSocket data) {
      data.mayEnd();
    }
    InputStream in = tls.getInputStream();
    byte[] unexpected = new byte[UNEXPECTED];
    while (in.read(unexpected) >= 0) {
      // a server has nothing to say in an upload
    }
    ended = true;
  }

  /** Whether it is in the clear, or resumed the control connection's TLS session. */
  boolean resumed() {
    return tls == null || TlsSession.resumed(tls);
  }

  /** Breaks it, whatever another thread does with it; a TLS socket's close would wait for that. */
  void abort() {
    try {
      tcp.close();
    } catch (IOException e) {
      // closed is what it was to be
    }
  }

  /** One that was not read to its end, or finished, is broken: no close_notify says it is whole. */
  @Override
  public void close() throws IOException {
    if (tls != null && ended) {
      tls.close();
    }
    tcp.close();
  }
}
