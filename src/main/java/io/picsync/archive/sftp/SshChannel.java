package io.picsync.archive.sftp;

import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.picsync.archive.StallWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** One SSH connection with the one channel on it that speaks SFTP. */
final class SshChannel implements AutoCloseable {
  /**
   * Less than the window that JSch grants the server, so a reader that is late slows the server.
   */
  private static final int HELD = 512 * 1024;

  private final Session session;
  private final Duration timeout;
  private final Socket socket;
  private final ChannelInput input;
  private final WatchedOutput output;

  /**
   * @param session logged in
   * @param socket the one that the session speaks over
   * @param timeout that the server may take nothing and send nothing; zero for ever
   */
  SshChannel(Session session, Socket socket, Duration timeout) throws JSchException, IOException {
    this.session = session;
    this.timeout = timeout;
    this.socket = socket;
    this.input = new ChannelInput(HELD, timeout);
    ChannelSubsystem channel = (ChannelSubsystem) session.openChannel("subsystem");
    channel.setSubsystem("sftp");
    channel.setOutputStream(input);
    OutputStream sent = channel.getOutputStream();
    channel.connect((int) timeout.toMillis());
    this.output = new WatchedOutput(sent, new StallWatch(timeout, this::abort));
  }

  ChannelInput input() {
    return input;
  }

  WatchedOutput output() {
    return output;
  }

  Duration timeout() {
    return timeout;
  }

  /** Who serves, as it called itself: {@code SSH-2.0-OpenSSH_9.2p1 Debian-2}. */
  String serverVersion() {
    return session.getServerVersion();
  }

  boolean isOpen() {
    return session.isConnected();
  }

  /** Ends it for threads that wait; any thread may call this, and it never waits. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      // closed is what it was to be
    }
    input.close();
  }

  /** The socket first: JSch would wait for a server that takes nothing. */
  @Override
  public void close() {
    abort();
    session.disconnect();
  }
}
