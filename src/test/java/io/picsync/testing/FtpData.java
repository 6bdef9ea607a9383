package io.picsync.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The passive data connection of one conversation. Used by the conversation's thread; only {@link
 * #close} may come from another.
 */
final class FtpData implements Closeable {
  private static final int ACCEPT_MILLIS = 10_000;

  private volatile @Nullable ServerSocket listener;
  private volatile @Nullable Socket socket;

  /** Opens a new port for the next transfer and gives the former one up. */
  int listen() throws IOException {
    close();
    ServerSocket opened = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    opened.setSoTimeout(ACCEPT_MILLIS);
    listener = opened;
    return opened.getLocalPort();
  }

  boolean listening() {
    return listener != null;
  }

  /** Waits for the client; every port serves one transfer. */
  void accept() throws IOException {
    try (ServerSocket opened = listener) {
      if (opened == null) {
        throw new SocketException("Data connection used without PASV or EPSV");
      }
      socket = opened.accept();
    } finally {
      listener = null;
    }
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = connected().getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /**
   * Reads up to {@code max} bytes, fewer only at the end of the stream.
   *
   * @return whether the stream ended in order; false if the client reset it
   */
  boolean receive(int max, ByteArrayOutputStream received) throws IOException {
    Socket from = connected();
    byte[] buffer = new byte[64 * 1024];
    try {
      while (received.size() < max) {
        int want = Math.min(buffer.length, max - received.size());
        int count = from.getInputStream().read(buffer, 0, want);
        if (count < 0) {
          return true;
        }
        received.write(buffer, 0, count);
      }
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  /**
   * Ends with FIN. Closing with unread bytes would make the kernel send RST, so an upload's rest is
   * read and thrown away.
   */
  void finish(boolean upload) throws IOException {
    Socket finished = connected();
    if (upload) {
      finished.shutdownOutput();
      finished.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
    close();
  }

  /** Ends with RST; bytes the client has not read yet may be lost to it. */
  void reset() throws IOException {
    connected().setSoLinger(true, 0);
    close();
  }

  @Override
  public void close() throws IOException {
    ServerSocket opened = listener;
    Socket connected = socket;
    listener = null;
    socket = null;
    if (opened != null) {
      opened.close();
    }
    if (connected != null) {
      connected.close();
    }
  }

  private Socket connected() throws SocketException {
    Socket connected = socket;
    if (connected == null) {
      throw new SocketException("Data connection is not open");
    }
    return connected;
  }
}
