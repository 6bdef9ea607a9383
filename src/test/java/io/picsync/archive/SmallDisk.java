package io.picsync.archive;

import io.picsync.settings.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A server of which a test says how much space is left. Not thread-safe. */
final class SmallDisk implements Server {
  /** Bytes. */
  long free;

  /** Bytes that the account may still store, never told. */
  long quota = Long.MAX_VALUE;

  /** Whether it says how much is free. */
  boolean tells = true;

  final List<String> tried = new ArrayList<>();

  @Override
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    tried.add(picture.path());
    if (picture.path().startsWith("broken")) {
      throw new PassingException("The connection broke.");
    }
    if (picture.path().startsWith("there")) {
      return Stored.ALREADY_THERE;
    }
    if (content.size() > Math.min(free, quota)) {
      throw new NoSpaceException("No space left on device.");
    }
    free -= content.size();
    return Stored.STORED;
  }

  @Override
  public OptionalLong freeSpace(Location folder, BooleanSupplier cancelled) {
    return tells ? OptionalLong.of(free) : OptionalLong.empty();
  }

  @Override
  public String name() {
    return "new";
  }

  @Override
  public String address() {
    return "disk:";
  }

  @Override
  public Listing list(Location folder, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeTemporary(Location file, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean exists(Location folder, BooleanSupplier cancelled) {
    return true;
  }

  @Override
  public boolean hasParent(Location folder, BooleanSupplier cancelled) {
    return true;
  }

  @Override
  public void makeFolder(Location folder, boolean parents, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int openConnections() {
    return 0;
  }

  @Override
  public void close() {
    // nothing is open
  }

  /** The one server of a configuration. */
  Servers asServer(String name) {
    ServerKind kind =
        new ServerKind() {
          @Override
          public Set<String> schemes() {
            return Set.of("small");
          }

          @Override
          public Set<String> keys() {
            return Set.of();
          }

          @Override
          public void validate(ServerConfig config) {}

          @Override
          public Server open(ServerConfig config, TemporaryNames names) {
            return SmallDisk.this;
          }
        };
    return new Servers(
        List.of(kind),
        new Settings(Map.of("picsync.server." + name + ".uri", "small:disk")),
        new TemporaryNames(Owner.unknown()),
        InstantSource.system());
  }
}
