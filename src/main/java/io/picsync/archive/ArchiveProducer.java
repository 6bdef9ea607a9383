package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Speaks camel-file's headers on one side and {@link Server}'s contract on the other. */
final class ArchiveProducer extends DefaultProducer {
  /** Exchange property: the stream that a store has read from. */
  private static final String READ = "PicsyncStreamRead";

  private final ArchiveEndpoint endpoint;
  private final Archive archive;
  private final ArchiveComponent component;
  private final Clock clock;

  /**
   * @param component whose settings hold for each picture as they are then
   */
  ArchiveProducer(ArchiveEndpoint endpoint, Archive archive, ArchiveComponent component) {
    super(endpoint);
    this.endpoint = endpoint;
    this.archive = archive;
    this.component = component;
    this.clock = component.clock();
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    if (cancelled(exchange).getAsBoolean()) { // a further try comes here as well
      throw new CancelledException(
          "Stopped on request, before the %s.".formatted(endpoint.getOperation()));
    }
    switch (endpoint.getOperation()) {
      case list ->
          message.setBody(
              archive
                  .server()
                  .list(archive.at(message.getMandatoryBody(String.class)), cancelled(exchange)));
      case fetch -> fetch(exchange, message);
      case store -> store(exchange, message);
    }
  }

  private void fetch(Exchange exchange, Message message) throws ArchiveException {
    Long size = message.getHeader(Exchange.FILE_LENGTH, Long.class);
    if (size == null) {
      throw new RefusedException(
          "operation=fetch needs the listed size in the header %s; it is how a cut-short picture is told."
              .formatted(Exchange.FILE_LENGTH));
    }
    Location path = path(message);
    FetchedPicture picture =
        flowing(
            exchange,
            true,
            flow ->
                archive
                    .server()
                    .fetch(path, size, component.spool().with(flow), cancelled(exchange)));
    picture.releaseWith(exchange);
    Optional<String> damage = inspected(picture, path, message);
    message.setBody(picture);
    if (picture.modified() != null) {
      message.setHeader(Exchange.FILE_LAST_MODIFIED, picture.modified().toEpochMilli());
    }
    damage.ifPresent(what -> message.setHeader(ArchiveConstants.DAMAGED, what));
  }

  /**
   * @return what is damaged at the source for good
   * @throws UnsettledException when the picture may still be being written
   */
  private Optional<String> inspected(FetchedPicture picture, Location path, Message message)
      throws ArchiveException {
    Duration wait = message.getHeader(ArchiveConstants.SETTLE, Duration.ZERO, Duration.class);
    Instant now = clock.instant();
    Settling settling = new Settling(wait, now);
    if (settling.isRecent(picture.modified(), now)) {
      throw new UnsettledException(
          "%s on server %s may still be being written: it was modified at %s, less than %d s ago. The next run compares again."
              .formatted(path, archive.server().name(), picture.modified(), wait.toSeconds()));
    }
    Optional<String> damage = damage(picture, path);
    if (damage.isPresent() && settling.mayBecomeWhole(path.path(), picture.modified())) {
      throw new UnsettledException(
          "%s on server %s may still be being written: %s, and it is not old. A later run takes it as it is then."
              .formatted(path, archive.server().name(), damage.get()));
    }
    return damage;
  }

  private static Optional<String> damage(FetchedPicture picture, Location path)
      throws NoSpaceException {
    try {
      return picture.damage(path.name());
    } catch (IOException e) {
      throw new NoSpaceException("The spool can't be read back: " + e.getMessage(), e);
    }
  }

  private void store(Exchange exchange, Message message)
      throws ArchiveException, InvalidPayloadException {
    Location path = path(message);
    InputStream bytes = message.getMandatoryBody(InputStream.class);
    refuseRest(exchange, path, bytes);
    message.setHeader(
        ArchiveConstants.STORED,
        flowing(
            exchange,
            false,
            flow -> archive.store(path, content(message, path, bytes, flow), cancelled(exchange))));
  }

  /**
   * What a step of the operator's left is no picture any more when a store before this one, or its
   * try that failed, has read from it: the rest would be stored as a whole.
   */
  private void refuseRest(Exchange exchange, Location path, InputStream bytes)
      throws RefusedException {
    if (bytes instanceof StreamCache) {
      return;
    }
    if (exchange.getProperty(READ) == bytes) {
      throw new RefusedException(
          "%s is not stored on server %s: a store before this one, or its try that failed, has read from its bytes, and they can't be read again. A step before left a stream that is read once; let that step leave a byte array or a stream cache."
              .formatted(path, archive.server().name()));
    }
    exchange.setProperty(READ, bytes);
  }

  private PictureContent content(Message message, Location path, InputStream bytes, Flow flow) {
    Object body = message.getBody();
    if (body instanceof StreamCache cache) {
      cache.reset(); // a step before, or a store that was abandoned, may have read it
    }
    long size = body instanceof FetchedPicture fetched ? fetched.length() : -1;
    PictureContent content =
        new PictureContent(bytes, size, modified(message), component.getVerify(), null);
    if (component.getReadBack().holds(path)) {
      content = content.toBeReadBack(flow);
    }
    return content.through(flow.through(content.bytes()));
  }

  /** A picture's way from or to the server. */
  @FunctionalInterface
  private interface Way<T> {
    T go(Flow flow) throws ArchiveException;
  }

  /** A picture that a long pause cut off goes its way again, from its beginning. */
  private <T> T flowing(Exchange exchange, boolean fetch, Way<T> way) throws ArchiveException {
    Traffic traffic = exchange.getProperty(ArchiveConstants.TRAFFIC, Traffic.class);
    while (true) {
      Flow flow = new Flow(traffic, archive.bandwidth(), fetch, cancelled(exchange));
      try {
        flow.begin();
        return way.go(flow);
      } catch (ArchiveException e) {
        if (!flow.abandoned() || !(fetch || mayBeReadAgain(exchange))) {
          throw e;
        }
      } finally {
        flow.end();
      }
    }
  }

  private static boolean mayBeReadAgain(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof StreamCache;
  }

  private Location path(Message message) throws RefusedException {
    String name = message.getHeader(Exchange.FILE_NAME, String.class);
    String fault = name == null ? "it is not set" : Names.faultOfPath(name);
    if (name == null || fault != null) {
      throw new RefusedException(
          "The header %s does not name a picture of the archive: %s ('%s')."
              .formatted(Exchange.FILE_NAME, fault, Names.printable(String.valueOf(name))));
    }
    return archive.at(name);
  }

  private static @Nullable Instant modified(Message message) {
    Long millis = message.getHeader(Exchange.FILE_LAST_MODIFIED, Long.class);
    return millis == null || millis <= 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static BooleanSupplier cancelled(Exchange exchange) {
    BooleanSupplier cancelled =
        exchange.getProperty(ArchiveConstants.CANCELLED, BooleanSupplier.class);
    return cancelled == null ? () -> false : cancelled;
  }
}
