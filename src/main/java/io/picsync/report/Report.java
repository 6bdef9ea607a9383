package io.picsync.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.picsync.compare.Classes;
import io.picsync.compare.LeftOut;
import io.picsync.compare.Tally;
import io.picsync.sync.Mode;
import io.picsync.sync.RunStatus;
import io.picsync.sync.SyncOptions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a run as they are written: at most {@link ReportWriter#LIMIT} bytes of JSON.
 * Times are ISO-8601 in UTC, sizes in bytes.
 *
 * @param schema raised when a key changes its meaning
 * @param cause null for a completed run
 * @param patterns null where all pictures take part
 * @param leftOut null where every folder was compared
 * @param measure the most pictures that the source was seen to have by the same patterns, since an
 *     alarm was acknowledged; null where no run compared it yet
 * @param lists file names beside this report by what they hold; absent where there is nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "run", "sync", "mode", "status", "cause"})
public record Report(
    int schema,
    String run,
    String sync,
    Mode mode,
    RunStatus status,
    @Nullable String cause,
    String source,
    String sourceAddress,
    String destination,
    String destinationAddress,
    @Nullable Patterns patterns,
    String requested,
    @Nullable String started,
    @Nullable String compared,
    String finished,
    Result result,
    @Nullable Unswept leftOut,
    Transfer transfer,
    Map<String, Map<String, Long>> ignored,
    Untrusted untrusted,
    Damaged damaged,
    @Nullable Long measure,
    List<Alarm> alarms,
    Map<String, String> lists) {

  static final int SCHEMA = 1;

  /**
   * What takes part in the run, as Ant patterns.
   *
   * @param include null for all pictures
   * @param exclude null for nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Patterns(@Nullable String include, @Nullable String exclude) {
    static @Nullable Patterns of(SyncOptions options) {
      return options.antInclude() == null && options.antExclude() == null
          ? null
          : new Patterns(options.antInclude(), options.antExclude());
    }

    private Patterns shortened(UnaryOperator<String> cut) {
      return new Patterns(
          include == null ? null : cut.apply(include), exclude == null ? null : cut.apply(exclude));
    }
  }

  /**
   * Folders that were not compared in this run, by rota; they are in no other figure.
   *
   * @param source pictures that they had when they were compared last
   * @param oldest when the one was compared that waits longest
   */
  public record Unswept(long folders, long source, long destination, String oldest) {
    static @Nullable Unswept of(LeftOut out) {
      return out.folders() == 0
          ? null
          : new Unswept(
              out.folders(), out.source(), out.destination(), String.valueOf(out.oldest()));
    }
  }

  /** The classes; the names are those that operators of such servers know. */
  public record Result(Side source, Side destination, Volume intersect, Differs differs) {
    static Result of(Classes classes) {
      return new Result(
          new Side(new Files(Volume.of(classes.source()), Volume.of(classes.missingInSource()))),
          new Side(
              new Files(
                  Volume.of(classes.destination()), Volume.of(classes.missingInDestination()))),
          Volume.of(classes.intersect()),
          new Differs(
              Split.counts(classes.differsAtSource()),
              Split.sizes(classes.differsAtSource()),
              Split.sizes(classes.differsAtDestination())));
    }
  }

  /** One side of a comparison. */
  public record Side(Files files) {}

  /**
   * @param count of all pictures of the side
   * @param size of them
   * @param missing in this side, present at the other
   */
  public record Files(Split count, Split size, Volume missing) {
    Files(Volume all, Volume missing) {
      this(all.count(), all.size(), missing);
    }
  }

  /** A number of pictures and their bytes. */
  public record Volume(Split count, Split size) {
    static Volume of(Tally tally) {
      return new Volume(Split.counts(tally), Split.sizes(tally));
    }
  }

  /** Same path, other size: a size for each side. */
  public record Differs(Split count, Split sourceSize, Split destinationSize) {}

  /** A figure by kind; {@code total} holds other kinds too. */
  public record Split(long jpg, long raw, long total) {
    static Split counts(Tally tally) {
      return new Split(tally.jpgCount(), tally.rawCount(), tally.count());
    }

    static Split sizes(Tally tally) {
      return new Split(tally.jpgSize(), tally.rawSize(), tally.size());
    }
  }

  /**
   * planned = transferred + alreadyThere + vanished + failed + notAttempted.
   *
   * @param unsettled how many of those not attempted were still being written
   */
  public record Transfer(
      long planned,
      long plannedBytes,
      long transferred,
      long alreadyThere,
      long vanished,
      long failed,
      long notAttempted,
      long unsettled,
      long bytes,
      double seconds,
      long bytesPerSecond,
      Verified verified) {
    /** Refuses figures that don't add up. */
    public Transfer {
      if (planned != transferred + alreadyThere + vanished + failed + notAttempted
          || unsettled < 0
          || notAttempted < unsettled) {
        throw new IllegalStateException(
            "The transfer does not add up: planned %d, transferred %d, already there %d, vanished %d, failed %d, not attempted %d, unsettled %d."
                .formatted(
                    planned, transferred, alreadyThere, vanished, failed, notAttempted, unsettled));
      }
    }
  }

  /**
   * @param folders how many
   * @param first the first few of them
   */
  public record Untrusted(long folders, List<UntrustedFolder> first) {
    Untrusted shortened(UnaryOperator<String> cut, int examples) {
      return new Untrusted(
          folders,
          cut(
              first,
              examples,
              f -> new UntrustedFolder(cut.apply(f.path), f.side, cut.apply(f.reason))));
    }
  }

  /** A folder that was not compared. */
  public record UntrustedFolder(String path, String side, String reason) {}

  /**
   * How the transferred pictures were verified, each counted once, by the best that it reached.
   *
   * @param size by the size that the destination tells
   * @param hash by the digest that the destination tells as well
   * @param readBack by fetching it again before it became visible as well
   */
  public record Verified(long size, long hash, long readBack) {}

  /**
   * Pictures that are damaged at the source, among those transferred or already there.
   *
   * @param first the first few of them
   */
  public record Damaged(long count, List<DamagedPicture> first) {
    Damaged shortened(UnaryOperator<String> cut, int examples) {
      return new Damaged(
          count, cut(first, examples, p -> new DamagedPicture(cut.apply(p.path), p.reason)));
    }
  }

  /**
   * Something that an operator has to look at.
   *
   * @param alarm {@code source-shrunk}
   * @param was pictures at the source before it began
   * @param since the run that raised it first
   */
  public record Alarm(String alarm, long was, long is, String since) {}

  /** A picture that is not whole. */
  public record DamagedPicture(String path, String reason) {}

  /** Pictures that the destination still lacks. */
  public long remaining() {
    long missing = result.destination().files().missing().count().total();
    return missing - transfer.transferred() - transfer.alreadyThere() - transfer.vanished();
  }

  /** The same with its texts of any length cut, and this many examples shown of each kind. */
  Report shortened(UnaryOperator<String> cut, int folders, int pictures) {
    return new Report(
        schema,
        run,
        sync,
        mode,
        status,
        cause == null ? null : cut.apply(cause),
        cut.apply(source),
        cut.apply(sourceAddress),
        cut.apply(destination),
        cut.apply(destinationAddress),
        patterns == null ? null : patterns.shortened(cut),
        requested,
        started,
        compared,
        finished,
        result,
        leftOut,
        transfer,
        ignored,
        untrusted.shortened(cut, folders),
        damaged.shortened(cut, pictures),
        measure,
        alarms,
        lists);
  }

  private static <T> List<T> cut(List<T> all, int examples, UnaryOperator<T> one) {
    return all.stream().limit(examples).map(one).toList();
  }
}
