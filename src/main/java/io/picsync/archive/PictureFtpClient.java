package io.picsync.archive;

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
   * Opens the data connection and sends the command.
   *
   * @return null when the server refused; {@link #getReplyCode()} and {@link #getReplyString()}
   *     then say why
   */
  @Nullable Socket openData(String command, @Nullable String argument) throws IOException {
    return _openDataConnection_(command, argument);
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
    for (String command : commands) {
      _controlOutput_.write(command);
      _controlOutput_.write("\r\n");
    }
    _controlOutput_.flush();
    if (_socket_.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      // servers that keep Nagle's rule send the second reply only after the first is acknowledged
      _socket_.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
    List<FtpReply> replies = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      getReply();
      replies.add(lastReply());
    }
    return replies;
  }

  FtpReply lastReply() {
    return new FtpReply(getReplyCode(), getReplyString());
  }
}
