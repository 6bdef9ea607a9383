package io.picsync.archive.ftp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.commons.net.MalformedServerReplyException;
import org.apache.commons.net.ftp.FTPReply;
import org.jspecify.annotations.Nullable;

/**
 * An FTP client with a door opened to the data connection of any command. Where it is passive, the
 * port for the next data connection may be asked for beforehand, together with other commands,
 * which saves a round trip. One thread at a time but for {@link #breakOff}.
 */
final class PictureFtpClient extends FtpControl {
  /** Nanoseconds after which a port that was asked for beforehand is asked for anew. */
  private static final long PORT_AGE = 5_000_000_000L;

  /** In bytes. Linux allows a send buffer of 208 KiB unless told otherwise. */
  private static final int MOST_UNASKED = 192 * 1024;

  private volatile @Nullable Socket dataTcp;
  private @Nullable Socket opening;
  private long portSince;
  private boolean portKnown;

  /**
   * For plain FTP.
   *
   * @param facts of the server, which also learn from this client
   */
  PictureFtpClient(FtpFacts facts) {
    super(facts);
  }

  /**
   * @param implicit TLS from the first byte, without AUTH
   */
  PictureFtpClient(FtpFacts facts, TlsSession tls, boolean implicit) {
    super(facts, tls, implicit);
  }

  /**
   * The command that asks for a port, to be sent as the last one of several.
   *
   * @return null where the client is not passive
   */
  @Nullable String portCommand() {
    if (!isPassive()) {
      return null;
    }
    return isUseEPSVwithIPv4() || isIpv6() ? "EPSV" : "PASV";
  }

  /** Takes the reply to {@link #portCommand} for the next data connection; a refusal is none. */
  void portIs(FtpReply reply) {
    try {
      portKnown = understood(reply);
      portSince = System.nanoTime();
    } catch (MalformedServerReplyException e) {
      portKnown = false; // and asked for again when it is needed, which tells
    }
  }

  private boolean understood(FtpReply reply) throws MalformedServerReplyException {
    String line = reply.text().lines().findFirst().orElse("");
    if (reply.code() == FTPReply.ENTERING_PASSIVE_MODE) {
      _parsePassiveModeReply(line);
    } else if (reply.code() == FTPReply.ENTERING_EPSV_MODE) {
      _parseExtendedPassiveModeReply(line);
    } else {
      return false;
    }
    return true;
  }

  /**
   * Opens the data connection and sends the command.
   *
   * @return null when the server refused; {@link #getReplyCode()} and {@link #getReplyString()}
   *     then say why
   * @throws ClosedPortException when a port that was asked for beforehand is closed; nothing was
   *     sent then, and the next try asks for another
   * @throws IOException also when the data connection could not be protected, with the server's
   *     reply to that
   */
  @Nullable DataConnection openData(String command, @Nullable String argument) throws IOException {
    Socket data =
        closedWhereItFails(
            () ->
                isPassive()
                    ? open(argument == null ? command : command + " " + argument)
                    : _openDataConnection_(command, argument));
    if (data == null) {
      return null;
    }
    acknowledgeIfHeld(); // the reply that ends the transfer is to follow
    return tls == null ? new DataConnection(data, null) : secure(data, tls);
  }

  private boolean isPassive() {
    return getDataConnectionMode() == PASSIVE_LOCAL_DATA_CONNECTION_MODE;
  }

  /**
   * Whether that many bytes can follow a command at once: in the clear, over a connection made from
   * here, and all of them held by the system, so that writing them never waits for the server.
   */
  boolean holdsUnasked(long bytes) {
    return tls == null
        && isPassive()
        && bytes >= 0
        && bytes <= MOST_UNASKED
        && getSendDataSocketBufferSize() <= 0;
  }

  /**
   * The same as {@link #openData} for {@link #holdsUnasked} bytes, but for the server's reply,
   * which is to be read after they were written.
   *
   * @return null when the server gave no port, and was not sent the command
   */
  @Nullable DataConnection openUnasked(String command) throws IOException {
    Socket data = closedWhereItFails(() -> openAndSend(command, MOST_UNASKED));
    return data == null ? null : new DataConnection(data, null);
  }

  /** Opens a data connection; null when the server refused. */
  @FunctionalInterface
  private interface Opening {
    @Nullable Socket open() throws IOException;
  }

  private @Nullable Socket closedWhereItFails(Opening data) throws IOException {
    expectSilence();
    opening = null;
    try {
      return data.open();
    } catch (IOException e) {
      breakOff(opening); // commons-net leaves it open when the control connection breaks
      throw e;
    }
  }

  private @Nullable Socket open(String command) throws IOException {
    Socket data = openAndSend(command, getSendDataSocketBufferSize());
    if (data != null && !FTPReply.isPositivePreliminary(getReply())) {
      data.close();
      return null;
    }
    return data;
  }

  /**
   * @param sendBuffer in bytes, 0 leaves it to the system
   * @return null when the server gave no port, and was not sent the command
   */
  private @Nullable Socket openAndSend(String command, int sendBuffer) throws IOException {
    boolean beforehand = portKnown && System.nanoTime() - portSince < PORT_AGE;
    portKnown = false;
    if (!beforehand && !askForPort()) {
      return null;
    }
    Socket data = opened(_socketFactory_.createSocket());
    int chosen = getReceiveDataSocketBufferSize();
    int receiveBuffer = chosen > 0 ? chosen : facts.receiveWindow().bytes();
    if (receiveBuffer > 0) {
      data.setReceiveBufferSize(receiveBuffer);
    }
    if (sendBuffer > 0) {
      data.setSendBufferSize(sendBuffer);
    }
    if (getPassiveLocalIPAddress() != null) {
      data.bind(new InetSocketAddress(getPassiveLocalIPAddress(), 0));
    }
    data.setSoTimeout(Math.toIntExact(getDataTimeout().toMillis()));
    connect(data, beforehand);
    if (isRemoteVerificationEnabled() && !verifyRemote(data)) {
      throw new IOException("the data connection leads to another host: " + data);
    }
    send(List.of(command));
    return data;
  }

  private boolean askForPort() throws IOException {
    boolean extended = "EPSV".equals(portCommand());
    return understood(sendTogether(List.of(extended ? "EPSV" : "PASV")).get(0))
        || (extended && !isIpv6() && understood(sendTogether(List.of("PASV")).get(0)));
  }

  private boolean isIpv6() {
    return getRemoteAddress() instanceof Inet6Address;
  }

  private void connect(Socket data, boolean beforehand) throws IOException {
    try {
      long started = System.nanoTime();
      data.connect(new InetSocketAddress(getPassiveHost(), getPassivePort()), connectTimeout);
      facts.receiveWindow().connected(System.nanoTime() - started);
    } catch (ConnectException e) {
      throw beforehand ? new ClosedPortException(e) : e;
    }
  }

  @Override
  Socket opened(Socket data) {
    opening = data;
    return data;
  }

  private DataConnection secure(Socket data, TlsSession session) throws IOException {
    dataTcp = data;
    try {
      return new DataConnection(data, session.data(data));
    } catch (IOException e) {
      data.close();
      getReply();
      throw new IOException(
          "no TLS on the data connection: %s; the server says: %s"
              .formatted(e.getMessage(), lastReply()),
          e);
    }
  }

  @Override
  void breakOff() {
    breakOff(dataTcp);
    super.breakOff();
  }
}
