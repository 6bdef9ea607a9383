package io.picsync.archive.ftp;

import io.picsync.archive.UnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One transfer over a control connection: its data connection, and the server's replies that go
 * with it, from the one that lets the bytes come to the one that ends it. One thread at a time but
 * for {@link #abort} and {@link #endIfStalled}.
 */
final class FtpTransfer implements Closeable {
  private final PictureFtpClient client;
  private final FtpDialogue dialogue;
  private final FtpFacts facts;
  private final DataConnection data;
  private final boolean unasked;
  private volatile @Nullable UploadStream upload;
  private boolean begun;
  private boolean refused;
  private boolean ended;

  /**
   * @param data where the bytes go
   * @param unasked whether the reply that lets them come is still to be read
   */
  FtpTransfer(
      PictureFtpClient client,
      FtpDialogue dialogue,
      FtpFacts facts,
      DataConnection data,
      boolean unasked) {
    this.client = client;
    this.dialogue = dialogue;
    this.facts = facts;
    this.data = data;
    this.unasked = unasked;
    this.begun = !unasked;
  }

  /** The bytes that the server sends. */
  InputStream input() throws IOException {
    return data.input();
  }

  /** Where the bytes of a store are to be written. */
  UploadStream upload() throws IOException {
    UploadStream stream = new UploadStream(data, client.getDataTimeout());
    upload = stream;
    return stream;
  }

  /** Whether its bytes were sent without waiting for the server's word. */
  boolean unasked() {
    return unasked;
  }

  /** Whether the server let its bytes come, as far as its replies were read. */
  boolean begun() {
    return begun;
  }

  /** Whether the reply that ends it was read. */
  boolean ended() {
    return ended;
  }

  /**
   * Whether the server said no to bytes that were on their way: it may hold the data connection
   * with them still, in the line before its port.
   */
  boolean mayLinger() {
    return refused;
  }

  /**
   * The reply that ends it; to be read after the data connection was closed.
   *
   * @throws UnavailableException when the server does not take data connections as this client
   *     makes them
   */
  FtpReply finalReply() throws IOException {
    FtpReply reply = unasked && !ended ? bothReplies() : nextReply();
    ended = true;
    if (!data.resumed() && reply.code() == 522) {
      throw new UnavailableException(
          "Server %s wants each data connection to resume a TLS session, but gave none that can be: %s. Allow others there (vsftpd: require_ssl_reuse=NO, ProFTPD: TLSOptions NoSessionReuseRequired)."
              .formatted(facts.server(), reply));
    }
    return reply;
  }

  private FtpReply nextReply() throws IOException {
    return dialogue.say(
        to -> {
          to.getReply();
          return to.lastReply();
        });
  }

  private FtpReply bothReplies() throws IOException {
    try {
      FtpReply reply = nextReply();
      begun = reply.code() < 200;
      if (begun) {
        client.acknowledgeIfHeld();
        reply = nextReply();
      }
      if (!reply.saysComplete()) {
        facts.takesNothingUnasked(reply.toString());
        refused = !begun;
      }
      return reply;
    } catch (IOException e) {
      if (!dialogue.aborted()) {
        facts.takesNothingUnasked(e.toString());
      }
      throw e;
    }
  }

  /** Any thread may call this. */
  void endIfStalled() {
    UploadStream stream = upload;
    if (stream != null) {
      stream.endIfStalled();
    }
  }

  /** Breaks the data connection, whatever another thread does with it. */
  void abort() {
    data.abort();
  }

  /** Closes the data connection; the server's last reply is still to be read. */
  @Override
  public void close() throws IOException {
    data.close();
  }
}
