package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An archive on a {@link ScriptedFtpServer}, reached as the runtime reaches it. */
final class ScriptedArchive implements AutoCloseable {
  static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  /** Milliseconds that a silent server is waited for. */
  static final int PATIENCE = 1000;

  final ScriptedFtpServer ftp;
  final Server server;
  private final Servers servers;
  private final Spool spool;

  /**
   * @param spool pictures of more than a byte are kept here
   */
  ScriptedArchive(ScriptedFtpServer ftp, int connections, Path spool) {
    this.ftp = ftp;
    this.spool = new Spool(spool, 1);
    ftp.makeFolder("cam/20110714");
    this.servers = OpenServers.of(settings("x", ftp, connections, ScriptedFtpServer.PASSWORD));
    this.server = servers.get("x");
  }

  static Map<String, String> settings(
      String name, ScriptedFtpServer ftp, int connections, String password) {
    return new HashMap<>(
        OpenServers.server(
            name,
            "uri",
            ftp.uri()
                + "?timeout="
                + PATIENCE
                + "&soTimeout="
                + PATIENCE
                + "&connectTimeout="
                + PATIENCE,
            "username",
            ScriptedFtpServer.USER,
            "password",
            password,
            "connections",
            String.valueOf(connections)));
  }

  @Override
  public void close() throws IOException {
    servers.close();
    ftp.close();
  }

  static Location at(String path) {
    return new Location("cam", path);
  }

  /** A picture that is there before the test. */
  byte[] put(String path, int size) {
    byte[] picture = Trees.picture(7, size);
    ftp.put("cam/" + path, picture, TAKEN);
    return picture;
  }

  Listing list(String folder) throws ArchiveException {
    return server.list(at(folder), () -> false);
  }

  byte[] fetch(String path, long size) throws IOException {
    FetchedPicture picture = server.fetch(at(path), size, spool, () -> false);
    try (picture) {
      return picture.readAllBytes();
    } finally {
      picture.release();
    }
  }

  Stored store(String path, byte[] picture) throws ArchiveException {
    return server.store(at(path), content(picture), () -> false);
  }

  /** Stores a picture that is fetched again before it becomes visible. */
  Stored storeAndReadBack(String path, byte[] picture) throws ArchiveException {
    return server.store(at(path), content(picture).toBeReadBack(), () -> false);
  }

  private static PictureContent content(byte[] picture) {
    return new PictureContent(new ByteArrayInputStream(picture), picture.length, TAKEN);
  }

  /** All files of the archive, hidden ones included. */
  List<String> files() {
    return ftp.paths().stream().map(path -> path.substring("cam/".length())).toList();
  }

  /** The verbs that the server was sent behind the last one of this kind. */
  List<String> verbsBehind(String verb) {
    List<String> verbs = ftp.calls().stream().map(call -> call.verb()).toList();
    assertThat(verbs).contains(verb);
    return verbs.subList(verbs.lastIndexOf(verb) + 1, verbs.size());
  }

  List<Path> spooled() {
    if (!Files.exists(spool.folder())) {
      return List.of();
    }
    try (var files = Files.list(spool.folder())) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
