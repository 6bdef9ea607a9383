package io.picsync.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes bytes no faster than they may come. */
final class FlowSink extends Spool.Sink {
  private final Spool.Sink sink;
  private final Flow flow;

  FlowSink(Spool.Sink sink, Flow flow) {
    this.sink = sink;
    this.flow = flow;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    sink.write(from, offset, length);
    flow.pass(length);
  }

  @Override
  public void takeFrom(InputStream in, BooleanSupplier cancelled, String what) throws IOException {
    InputStream flowing =
        new FilterInputStream(in) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read > 0) {
              flow.pass(read);
            }
            return read;
          }
        };
    sink.takeFrom(flowing, cancelled, what);
  }

  @Override
  public long count() {
    return sink.count();
  }

  @Override
  public FetchedPicture finish(@Nullable Instant modified) throws IOException {
    return sink.finish(modified);
  }

  @Override
  public void drop() {
    sink.drop();
  }
}
