package io.picsync.archive.ftp;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.io.CRLFLineReader;
import org.jspecify.annotations.Nullable;

/**
 * The control connection of commons-net's client with a door opened: several commands in one flush.
 * It speaks FTPS in its own way, see {@link TlsSession}, or plain FTP; being an FTPSClient for
 * both, camel-ftp takes it for either. One thread at a time but for {@link #breakOff}.
 */
abstract sealed class FtpControl extends FTPSClient permits PictureFtpClient {
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final String CLOSED = "the connection is closed";

  final FtpFacts facts;
  final @Nullable TlsSession tls;
  private volatile @Nullable Socket tcp;
  private @Nullable ControlInput input;
  private boolean acknowledges;
  private FtpReply lastRefusal = new FtpReply(0, "");

  /**
   * For plain FTP.
   *
   * @param facts of the server, which also learn from this client
   */
  FtpControl(FtpFacts facts) {
    this.facts = facts;
    this.tls = null;
  }

  /**
   * @param implicit TLS from the first byte, without AUTH
   */
  FtpControl(FtpFacts facts, TlsSession tls, boolean implicit) {
    super(implicit);
    this.facts = facts;
    this.tls = tls;
  }

  /** Called once the socket is connected, and secured where TLS is implicit. */
  @Override
  protected void _connectAction_(@Nullable Reader none) throws IOException {
    super._connectAction_(reader(_socket_));
    if (getAutodetectUTF8()) {
      _controlInput_ = new CRLFLineReader(reader(_socket_)); // commons-net took another
    }
  }

  private Reader reader(Socket socket) throws IOException {
    ControlInput reader =
        new ControlInput(socket.getInputStream(), Charset.forName(getControlEncoding()));
    input = reader;
    return reader;
  }

  @Override
  protected void _connectAction_() throws IOException {
    tcp = _socket_;
    keepAlive(_socket_);
    acknowledges = _socket_.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    boolean direct = isReachedDirectly();
    setSocketFactory(
        new DefaultSocketFactory() {
          @Override
          public Socket createSocket() {
            return opened(direct ? new Socket(Proxy.NO_PROXY) : new Socket());
          }
        });
    super._connectAction_();
  }

  /** No SOCKS proxy leads there; else Java would work that out again for each data connection. */
  private boolean isReachedDirectly() {
    ProxySelector proxies = ProxySelector.getDefault();
    try {
      return proxies == null
          || proxies
              .select(new URI("socket", null, _hostname_, getRemotePort(), null, null, null))
              .stream()
              .allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false; // a name that is no host name of a URI; left to Java
    }
  }

  /**
   * The control connection is silent while a long transfer goes on, and firewalls forget silent
   * connections. TCP's own sign of life is safe where a NOOP is not: servers answer that late, in
   * the place of another reply.
   */
  private static void keepAlive(Socket control) throws IOException {
    control.setKeepAlive(true);
    if (control.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      control.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
      control.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
    }
  }

  /** Called after the greeting; one that refuses is told to the caller as it is. */
  @Override
  protected void execAUTH() throws IOException {
    if (tls != null && lastReply().isPositive() && sendCommand("AUTH", "TLS") != 234) {
      throw new TlsRefusedException("speaks no TLS, AUTH TLS was answered with", lastReply());
    }
  }

  /** Called after {@link #execAUTH}, or at once where TLS is implicit. */
  @Override
  protected void sslNegotiation() throws IOException {
    boolean greeted = getReplyCode() > 0;
    if (tls == null || (greeted && !lastReply().isPositive())) {
      return;
    }
    SSLSocket secured = tls.control(_socket_);
    _socket_ = secured;
    _controlInput_ = new CRLFLineReader(reader(secured));
    _controlOutput_ =
        new BufferedWriter(new OutputStreamWriter(secured.getOutputStream(), getControlEncoding()));
    setSocketFactory(TlsDataSocket.connecting(secured.getPort(), this::opened));
    setServerSocketFactory(TlsDataSocket.accepting(secured.getPort()));
  }

  /** Leaves the sockets as they are: {@link PictureFtpClient#openData} protects them. */
  @Override
  public void execPROT(String protection) throws IOException {
    if (sendCommand("PROT", protection) != 200) {
      throw new TlsRefusedException(
          "protects no data connections, PROT %s was answered with".formatted(protection),
          lastReply());
    }
  }

  /**
   * Refuses a server that keeps to text: it would change bytes of pictures on their way.
   *
   * @throws IOException also where the caller would pass over a refusal
   */
  @Override
  public boolean setFileType(int type) throws IOException {
    if (!super.setFileType(type)) {
      throw new IOException("the server takes no binary transfers: " + lastReply());
    }
    return true;
  }

  /**
   * Makes sure that the next reply belongs to the next command: a server that replied twice, or
   * unasked (421 before it closes an idle connection), is out of step from there on.
   *
   * @throws IOException with what the server said
   */
  void expectSilence() throws IOException {
    if (_controlInput_ == null) {
      throw new IOException(CLOSED);
    }
    if (!isSilent()) {
      getReply();
      throw new IOException("the server said, unasked: " + lastReply());
    }
  }

  /** Whether it is open and nothing has come that is not read yet. */
  boolean isSilent() throws IOException {
    return _controlInput_ != null && !_controlInput_.ready() && !(tls != null && speaksTls());
  }

  /** Under TLS what came may be a session ticket and no reply; only reading it tells. */
  private boolean speaksTls() throws IOException {
    if (Objects.requireNonNull(tcp).getInputStream().available() == 0) {
      return false;
    }
    int patience = _socket_.getSoTimeout();
    _socket_.setSoTimeout(1);
    try {
      _controlInput_.mark(1);
      if (_controlInput_.read() >= 0) {
        _controlInput_.reset();
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      _socket_.setSoTimeout(patience);
    }
  }

  /** Remembers a data connection that is being opened, so that it is closed should that fail. */
  abstract Socket opened(Socket data);

  /** Whether a further data connection may be refused for want of a session to resume. */
  boolean spent() {
    return tls != null && tls.spent();
  }

  /** The version of TLS; empty for plain FTP. */
  String tlsVersion() {
    return tls == null ? "" : tls.version();
  }

  /** Since the handshake of the control connection; zero for plain FTP. */
  Duration tlsAge() {
    return tls == null ? Duration.ZERO : tls.age();
  }

  /**
   * Acknowledges the last reply at once, because another is to follow without a command between:
   * servers that keep Nagle's rule send it only then, 40 ms later where the kernel waits. Does
   * nothing where the server doesn't.
   */
  void acknowledgeIfHeld() throws IOException {
    if (acknowledges && facts.holdsReplies()) {
      Objects.requireNonNull(tcp).setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  /**
   * Sends the commands together and reads one reply for each, in order.
   *
   * @throws IOException when the connection broke or a reply was no reply
   */
  List<FtpReply> sendTogether(List<String> commands) throws IOException {
    expectSilence();
    send(commands);
    List<FtpReply> replies = new ArrayList<>(commands.size());
    getReply();
    replies.add(lastReply());
    boolean acknowledging = facts.holdsReplies();
    long longest = 0;
    for (long before = System.nanoTime(); replies.size() < commands.size(); ) {
      acknowledgeIfHeld();
      getReply();
      replies.add(lastReply());
      long now = System.nanoTime();
      longest = Math.max(longest, now - before);
      before = now;
    }
    if (commands.size() > 1 && !acknowledging) {
      facts.repliesCameWithin(longest);
    }
    return replies;
  }

  /** Sends the commands in one flush; their replies are to be read. */
  void send(List<String> commands) throws IOException {
    if (_controlOutput_ == null) {
      throw new IOException(CLOSED);
    }
    for (String command : commands) {
      _controlOutput_.write(command);
      _controlOutput_.write("\r\n");
    }
    _controlOutput_.flush();
  }

  /**
   * Waits for the first line of the next reply and takes it if it is this one; any other is left to
   * {@link #getReply()}.
   *
   * @param line in ASCII, without the line end
   */
  boolean takesLine(String line) throws IOException {
    return open().takesLine(line);
  }

  /** What comes next, as bytes: the lines of a reply that is too long to be kept. */
  InputStream bytes() throws IOException {
    return open().bytes();
  }

  private ControlInput open() throws IOException {
    ControlInput open = input;
    if (open == null) {
      throw new IOException(CLOSED);
    }
    return open;
  }

  FtpReply lastReply() {
    return new FtpReply(getReplyCode(), getReplyString());
  }

  /** The last 4yz or 5yz; known also after a disconnect, which forgets the last reply. */
  FtpReply lastRefusal() {
    return lastRefusal;
  }

  @Override
  protected void fireReplyReceived(int code, String reply) {
    if (code >= 400) {
      lastRefusal = new FtpReply(code, reply);
    }
    super.fireReplyReceived(code, reply);
  }

  /** Breaks its connection, whatever another thread does with them. */
  void breakOff() {
    breakOff(tcp);
  }

  static void breakOff(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // closed is what it was to be
      }
    }
  }
}
