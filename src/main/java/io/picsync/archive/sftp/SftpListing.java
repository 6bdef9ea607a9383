package io.picsync.archive.sftp;

import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Location;
import io.picsync.archive.Names;
import io.picsync.archive.PassingException;
import io.picsync.archive.TemporaryNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists one folder over one session. The listing is complete when READDIR ended with SSH_FX_EOF,
 * also for those asked beyond the end; no other ending is trusted. Several READDIR are under way at
 * once, more of them the longer the folder goes on.
 */
final class SftpListing {
  private static final int MOST_UNDER_WAY = 32;

  /** Some servers tell the attributes of what a link points to, and the link in the long name. */
  private static final Pattern LINK = Pattern.compile("l[r-][w-][xsS-].*");

  private final SftpSession session;
  private final Location folder;
  private final ListingBuilder listing;

  /** Entries without a type or a size, to be asked for one by one. */
  private final List<String> unclear = new ArrayList<>();

  private final Deque<Integer> underWay = new ArrayDeque<>();
  private boolean ended;
  private @Nullable String fault;

  SftpListing(SftpSession session, Location folder) {
    this.session = session;
    this.folder = folder;
    this.listing = new ListingBuilder(folder.path());
  }

  /**
   * @throws IOException when the connection broke
   */
  Listing list() throws IOException {
    session.paths().check(folder);
    String path = session.paths().of(folder);
    Reply opened = session.requests().await(session.requests().openFolder(path));
    if (opened.isStatus()) {
      return refused(path, opened.status());
    }
    Handle handle = new Handle(opened.expect(Reply.HANDLE).bytes());
    try {
      readAll(handle);
      askForUnclear(path);
    } finally {
      session.leave(handle);
    }
    return fault == null ? listing.build() : new Listing.Untrusted(folder.path(), fault);
  }

  private Listing refused(String path, Status status) throws IOException {
    if (status.saysMissing()) {
      return new Listing.Missing(folder.path());
    }
    if (status.code() == Status.NO_CONNECTION || status.code() == Status.CONNECTION_LOST) {
      throw status.failure(says("was not listed", status));
    }
    Reply reply = session.requests().await(session.requests().stat(path));
    boolean missing = reply.isStatus() ? reply.status().saysMissing() : isOther(reply.attributes());
    return missing
        ? new Listing.Missing(folder.path())
        : new Listing.Untrusted(folder.path(), "it may not be listed: " + status);
  }

  private static boolean isOther(Attributes attributes) {
    return attributes.isComplete() && !attributes.isFolder();
  }

  private void readAll(Handle handle) throws IOException {
    int most = 2;
    while (!ended || !underWay.isEmpty()) {
      while (!ended && underWay.size() < most) {
        underWay.add(session.requests().readFolder(handle));
      }
      Reply reply = session.requests().await(underWay.remove());
      if (reply.isStatus()) {
        end(reply.status());
      } else {
        ended = false; // something appeared after the end was told: asked on until nothing does
        add(reply.expect(Reply.NAME));
        most = Math.min(most * 2, MOST_UNDER_WAY);
      }
    }
  }

  private void end(Status status) throws PassingException {
    if (ended) {
      return; // the folder has ended; servers word it differently for those who ask on
    }
    ended = true;
    if (status.code() == Status.PERMISSION_DENIED || status.code() == Status.UNSUPPORTED) {
      fault = "the listing did not end well: " + status;
    } else if (status.code() != Status.EOF) {
      // Apache MINA SSHD: "no such file" where one vanished that it was about to tell
      throw new PassingException(says("was listed in part", status));
    }
  }

  private void add(Reply names) throws IOException {
    for (int left = names.number(); left > 0; left--) {
      String name = names.text(session.paths().charset());
      String longName = names.text(session.paths().charset());
      Attributes attributes = names.attributes();
      if (name.equals(".") || name.equals("..")) {
        continue;
      }
      if (LINK.matcher(longName).matches()) {
        listing.notAFile(List.of(name));
      } else if (attributes.isComplete()) {
        add(name, attributes);
      } else {
        unclear.add(name);
      }
    }
  }

  private void add(String name, Attributes attributes) {
    if (attributes.isFolder()) {
      listing.folder(name);
    } else if (attributes.isFile()) {
      listing.picture(name, attributes.size(), attributes.modified());
    } else {
      listing.notAFile(List.of(name));
    }
  }

  private void askForUnclear(String path) throws IOException {
    Deque<String> asked = new ArrayDeque<>();
    int next = 0;
    while (fault == null && (next < unclear.size() || !asked.isEmpty())) {
      while (next < unclear.size() && asked.size() < MOST_UNDER_WAY) {
        String name = unclear.get(next++);
        if (Names.fault(name) != null) {
          listing.ignore(IgnoredReason.REFUSED_NAME);
          continue;
        }
        asked.add(name);
        underWay.add(session.requests().lstat(path.equals("/") ? path + name : path + "/" + name));
      }
      if (!asked.isEmpty()) {
        clear(asked.remove(), session.requests().await(underWay.remove()));
      }
    }
  }

  private void clear(String name, Reply reply) throws IOException {
    if (reply.isStatus()) {
      Status status = reply.status();
      if (!status.saysMissing()) { // gone meanwhile: the folder no longer holds it
        leftUnclear(name, ": " + status);
      }
      return;
    }
    Attributes attributes = reply.expect(Reply.ATTRS).attributes();
    if (attributes.isComplete()) {
      add(name, attributes);
    } else {
      leftUnclear(name, "");
    }
  }

  private void leftUnclear(String name, String why) {
    if (TemporaryNames.isOurs(name)) {
      listing.ignore(IgnoredReason.TEMPORARY); // renamed while it was listed
    } else {
      fault =
          "the server tells neither type nor size of '%s'%s".formatted(Names.printable(name), why);
    }
  }

  private String says(String what, Status status) {
    return "The folder %s on server %s %s: %s.".formatted(folder, session.server(), what, status);
  }
}
