package io.picsync.archive.ftp;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.apache.commons.net.ftp.FTPClient;
import org.jspecify.annotations.Nullable;

/**
 * commons-net's client with two doors opened: the data connection of any command, and several
 * commands in one flush. One thread at a time.
 */
final class PictureFtpClient extends FTPClient {

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
    if (!isSilent()) {
      getReply();
      throw new IOException("the server said, unasked: " + lastReply());
    }
  }

  /** Whether nothing has come that is not read yet. */
  boolean isSilent() throws IOException {
    return _controlInput_ == null || !_controlInput_.ready();
  }

  /**
   * Opens the data connection and sends the command.
   *
   * @return null when the server refused; {@link #getReplyCode()} and {@link #getReplyString()}
   *     then say why
   */
  @Nullable Socket openData(String command, @Nullable String argument) throws IOException {
    expectSilence();
    Socket data = _openDataConnection_(command, argument);
    if (data != null) {
      acknowledge();
    }
    return data;
  }

  /**
   * Acknowledges the last reply at once, because another is to follow without a command between:
   * servers that keep Nagle's rule send it only then, 40 ms later where the kernel waits.
   */
  private void acknowledge() throws IOException {
    if (_socket_.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      _socket_.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  /**
   * Sends the commands together and reads one reply for each, in order.
   *
   * @throws IOException when the connection broke or a reply was no reply
   */
  List<FtpReply> sendTogether(List<String> commands) throws IOException {
    if (_controlOutput_ == null) {
      throw new IOException("the connection is closed");
    }
    expectSilence();
    for (String command : commands) {
      _controlOutput_.write(command);
      _controlOutput_.write("\r\n");
    }
    _controlOutput_.flush();
    List<FtpReply> replies = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      getReply();
      replies.add(lastReply());
      acknowledge();
    }
    return replies;
  }

  FtpReply lastReply() {
    return new FtpReply(getReplyCode(), getReplyString());
  }
}
