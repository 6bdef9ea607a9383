package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.PictureExistsException;
import io.picsync.archive.Pump;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Stored;
import io.picsync.archive.TemporaryNames;
import io.picsync.archive.Verify;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The copy protocol for one picture over one session, or two of one server: STOR under a temporary
 * name, the final reply, RETR of it again for some, SIZE of what arrived, modified time, a last
 * look that nobody took the name meanwhile, RNFR, RNTO, SIZE of what is visible now. Between that
 * last look and RNTO a gap of one command stays: FTP has no rename that fails when the name is
 * taken.
 */
final class FtpPublication {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

  private FtpSession session;
  private final Location picture;
  private final String path;
  private final String part;
  private final PictureContent content;
  private final @Nullable FtpDigest digest;
  private String sent = "";
  private long length;
  private boolean unasked;
  private boolean partMayExist;
  private long began;

  FtpPublication(
      FtpSession session, Location picture, PictureContent content, TemporaryNames names) {
    this.session = session;
    this.picture = picture;
    this.content = content;
    this.digest = content.verify() == Verify.hash ? session.facts().digest().orElse(null) : null;
    this.path = session.paths().of(picture);
    int slash = path.lastIndexOf('/') + 1;
    this.part = path.substring(0, slash) + names.of(path.substring(slash));
  }

  /** The temporary file's absolute path, when a failure may have left it. */
  String part() {
    return part;
  }

  /** The same, to be published over another session of this server than the one that sent it. */
  FtpPublication over(FtpSession other) {
    session = other;
    return this;
  }

  /** True from the moment STOR was sent until the part is known to be renamed or removed. */
  boolean partMayExist() {
    return partMayExist;
  }

  /**
   * Sends the bytes to the temporary file.
   *
   * @return false when the server refused as it does for a missing folder; nothing was read then
   */
  boolean send(BooleanSupplier cancelled) throws IOException {
    session.paths().check(picture);
    began = System.nanoTime();
    partMayExist = true;
    SeenFolders folders = session.facts().folders();
    String folder = session.paths().of(picture.parent());
    Optional<FtpTransfer> opened =
        session.openStore(part, content.size(), folders.isFilled(folder));
    if (opened.isEmpty()) {
      partMayExist = false;
      FtpReply reply = session.reply();
      if (mayMeanMissingFolder(reply)) {
        return false;
      }
      throw failure("was not accepted", reply);
    }
    FtpTransfer transfer = opened.get();
    unasked = transfer.unasked();
    UploadStream out = transfer.upload();
    try (out) {
      length = move(out, cancelled);
      out.finish();
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException e) {
      throw broken(transfer, e, out.failed());
    }
    FtpReply last = transfer.finalReply();
    if (!last.saysComplete()) {
      throw cutShort(transfer, last);
    }
    content.verifyLength(length);
    folders.filled(folder);
    return true;
  }

  private long move(OutputStream out, BooleanSupplier cancelled) throws IOException {
    String what = "store " + picture;
    if (digest == null) {
      return Pump.move(content.bytes(), out, FtpFetch.CHUNK, cancelled, what);
    }
    FtpDigest.Computing computing = digest.computing(content.bytes());
    long moved = Pump.move(computing.bytes(), out, FtpFetch.CHUNK, cancelled, what);
    sent = computing.digest().get();
    return moved;
  }

  /** A full disk ends the data connection too: the final reply knows why the bytes stopped. */
  private IOException broken(FtpTransfer transfer, IOException e, boolean byServer) {
    try {
      FtpReply last = transfer.finalReply();
      if (last.saysComplete() || !byServer) {
        return PictureContent.unreadable(picture, session.server(), e);
      }
      ArchiveException why = cutShort(transfer, last);
      why.addSuppressed(e);
      return why;
    } catch (ArchiveException told) {
      told.addSuppressed(e);
      return told;
    } catch (IOException silent) {
      e.addSuppressed(silent);
      return e;
    }
  }

  /** Apache FtpServer takes the bytes before it looks for the folder. */
  private ArchiveException cutShort(FtpTransfer transfer, FtpReply last) throws IOException {
    if (mayMeanMissingFolder(last) && new FtpFolders(session).wasMissing(picture.parent(), began)) {
      return new PassingException(says("was refused for want of its folder, now made", last));
    }
    return failure(transfer.begun() ? "was stored in part" : "was not accepted", last);
  }

  /** Verifies and renames what {@link #send} brought. */
  Stored publish(BooleanSupplier cancelled) throws IOException {
    boolean cameBack = new FtpReadBack(session, picture, part).matches(content, cancelled);
    String time = timeCommand();
    List<String> commands = new ArrayList<>(List.of("SIZE " + part));
    if (!time.isEmpty()) {
      commands.add(time);
    }
    if (digest != null) {
      commands.add(digest.command(part));
    }
    commands.add("SIZE " + path); // whether it appeared meanwhile, as late as can be
    commands.add("RNFR " + part); // the last one: RNTO has to follow it
    List<FtpReply> replies = session.dialogue().commands(commands.toArray(String[]::new));
    FtpReply partSize = replies.get(0);
    FtpReply presentSize = replies.get(replies.size() - 2);
    FtpReply digestTold = replies.get(replies.size() - 3);
    @Nullable FtpReply timeSet = time.isEmpty() ? null : replies.get(1);
    FtpReply renameFrom = replies.get(replies.size() - 1);
    for (int again = 0; timeSet != null && timeSet.mayPass() && again < FtpSession.AGAIN; again++) {
      List<FtpReply> anew = session.dialogue().commands(time, "SIZE " + path, "RNFR " + part);
      timeSet = anew.get(0);
      presentSize = anew.get(1);
      renameFrom = anew.get(2);
    }
    if (timeSet != null && !timeSet.isPositive() && !timeSet.mayPass()) {
      session.facts().timesCanNotBeSet();
    }
    Optional<String> told = digest == null ? Optional.empty() : digest.in(digestTold);
    boolean wrong = told.isPresent() && !told.get().equals(sent);
    boolean fit = partSize.size() == length && presentSize.code() == 550 && !wrong;
    if (!fit && renameFrom.code() == 350) {
      endRename();
    }
    if (partSize.size() != length) {
      if (unasked) {
        session.facts().takesNothingUnasked(partSize.toString());
      }
      throw partSize.isUnknownCommand()
          ? new RefusedException(says("can't be verified, the server does not know SIZE", partSize))
          : new PassingException(
              says("has not the %d bytes that were sent".formatted(length), partSize));
    }
    if (presentSize.code() != 550) {
      return thereAlready(presentSize);
    }
    if (digest != null && told.isEmpty()) {
      session.facts().digestFails(digestTold);
    }
    if (wrong) {
      throw new PassingException(
          says("has the size that was sent, and not its digest %s".formatted(sent), digestTold));
    }
    if (renameFrom.code() != 350) {
      throw failure("can't be renamed from its temporary name", renameFrom);
    }
    Stored verified = told.isPresent() ? Stored.HASHED : Stored.STORED;
    return rename(cameBack ? Stored.READ_BACK : verified);
  }

  /** After RNFR, ProFTPD answers all but RNTO with 501; one to the same name changes nothing. */
  private void endRename() throws IOException {
    session.dialogue().command("RNTO", part);
  }

  private Stored rename(Stored verified) throws IOException {
    List<FtpReply> replies = session.dialogue().commandsAndPort("RNTO " + path, "SIZE " + path);
    FtpReply renamed = replies.get(0);
    FtpReply visible = replies.get(1);
    if (!renamed.isPositive()) {
      if (visible.size() >= 0) {
        return thereAlready(visible);
      }
      if (new FtpFolders(session).exists(picture)) {
        throw new PictureExistsException(
            says("can't get its name, a folder of that name is there", renamed));
      }
      throw failure("can't be renamed to its name", renamed);
    }
    if (visible.size() != length) {
      String says =
          says(
              "was renamed, but is not there with %d bytes under its name".formatted(length),
              visible);
      throw visible.mayPass() ? new PassingException(says) : new RefusedException(says);
    }
    partMayExist = false;
    return verified;
  }

  private Stored thereAlready(FtpReply size) throws IOException {
    session.remove(part);
    partMayExist = false;
    if (size.size() == length) {
      return Stored.ALREADY_THERE;
    }
    if (size.size() < 0) {
      throw failure("may be there already", size);
    }
    throw new PictureExistsException(
        "%s is on server %s already with %d bytes, the picture has %d. It is left as it is."
            .formatted(picture, session.server(), size.size(), length));
  }

  private String timeCommand() {
    if (content.modified() == null) {
      return "";
    }
    String time = TIME.format(content.modified());
    if (session.facts().mfmt()) {
      return "MFMT " + time + " " + part;
    }
    return session.facts().mdtmSets() ? "MDTM " + time + " " + part : "";
  }

  private static boolean mayMeanMissingFolder(FtpReply reply) {
    return (reply.code() == 550 || reply.code() == 551 || reply.code() == 553)
        && !reply.saysNoSpace();
  }

  private ArchiveException failure(String what, FtpReply reply) {
    String says = says(what, reply);
    if (reply.saysNoSpace()) {
      return new NoSpaceException(says + " Free some space there; the next run goes on.");
    }
    return reply.mayPass() ? new PassingException(says) : new RefusedException(says);
  }

  private String says(String what, FtpReply reply) {
    return "%s on server %s %s: %s.".formatted(picture, session.server(), what, reply);
  }
}
