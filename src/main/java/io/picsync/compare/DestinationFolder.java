package io.picsync.compare;

import io.picsync.archive.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The destination's folder as the idempotent repository of {@code compare-folder}: what it holds is
 * a duplicate, what it lacks passes on. A view of the exchange's {@link FolderComparison}, so it
 * keeps nothing between folders and serves many at once. Nothing can be put in from outside.
 */
public final class DestinationFolder extends ServiceSupport implements IdempotentRepository {

  @Override
  public boolean add(Exchange exchange, String name) {
    FolderComparison folder =
        Objects.requireNonNull(
            exchange.getVariable("comparison", FolderComparison.class), "no folder is open");
    try {
      return folder.isMissing(exchange.getMessage().getBody(Picture.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean add(String key) {
    throw new UnsupportedOperationException("The destination's folder is known per exchange only.");
  }

  @Override
  public boolean contains(String key) {
    return false;
  }

  @Override
  public boolean remove(String key) {
    return false; // a picture that was met stays met
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  @Override
  public void clear() {
    // each folder brings its own view
  }
}
