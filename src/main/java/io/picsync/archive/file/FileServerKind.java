package io.picsync.archive.file;

import io.picsync.archive.Server;
import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerKind;
import io.picsync.archive.TemporaryNames;
import io.picsync.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** Folders of this machine: {@code file:/srv/pictures}. */
public final class FileServerKind implements ServerKind {
  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public Set<String> keys() {
    return Set.of("bandwidth", "time-zone");
  }

  @Override
  public void validate(ServerConfig config) {
    URI uri = config.uri();
    if (uri.getHost() != null || uri.getAuthority() != null) {
      throw new SettingsException(
          "%s=%s names a host; file:/FOLDER is wanted, with one slash or three."
              .formatted(config.key("uri"), uri));
    }
    if (uri.getRawQuery() != null) {
      throw new SettingsException(
          "%s=%s: a file: server takes no options; it is a folder only."
              .formatted(config.key("uri"), uri));
    }
  }

  @Override
  public Server open(ServerConfig config, TemporaryNames names) {
    return new FileServer(config.name(), folder(config.uri()), names);
  }

  private static Path folder(URI uri) {
    String path = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
    return Path.of(path.isEmpty() ? "/" : path).toAbsolutePath().normalize();
  }
}
