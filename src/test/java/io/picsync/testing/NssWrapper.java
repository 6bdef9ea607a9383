package io.picsync.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a daemon believe in one user with one password, whatever users the machine has: the library
 * nss_wrapper of the cwrap project answers its questions from files.
 */
final class NssWrapper {
  private static final String LIBRARY = "libnss_wrapper.so";

  private NssWrapper() {}

  static Optional<Path> library() {
    for (Path lib : List.of(DaemonCondition.unpacked().resolve("usr/lib"), Path.of("/usr/lib"))) {
      if (Files.isDirectory(lib)) {
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(lib, "*-linux-*")) {
          for (Path machine : machines) {
            if (Files.exists(machine.resolve(LIBRARY))) {
              return Optional.of(machine.resolve(LIBRARY));
            }
          }
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Its password is {@code picsync} too. */
  static void user(
      String name, Owner owner, Path home, Path folder, Map<String, String> environment)
      throws IOException {
    Path library =
        library()
            .orElseThrow(
                () -> new IllegalStateException(LIBRARY + " is not there; .ci/daemons unpacks it"));
    Path passwd =
        Files.writeString(
            folder.resolve("passwd"),
            "%s:x:%d:%d::%s:/bin/sh\n".formatted(name, owner.uid(), owner.gid(), home));
    Path group =
        Files.writeString(folder.resolve("group"), "%s:x:%d:\n".formatted(name, owner.gid()));
    Path shadow =
        Files.writeString(
            folder.resolve("shadow"),
            "%s:%s:18000:0:99999:7:::\n".formatted(name, UnixPassword.SECRET));
    environment.put("LD_PRELOAD", library.toString());
    environment.put("NSS_WRAPPER_PASSWD", passwd.toString());
    environment.put("NSS_WRAPPER_GROUP", group.toString());
    environment.put("NSS_WRAPPER_SHADOW", shadow.toString());
  }
}
