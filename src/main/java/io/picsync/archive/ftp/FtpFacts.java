package io.picsync.archive.ftp;

import io.picsync.archive.Respite;
import io.picsync.archive.pool.RoundTrip;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What was learned of an FTP server, shared by its sessions. A command is given up for good when
 * the server answers that it doesn't know it; sending several commands in one flush is given up for
 * a while at the first sign of trouble. Thread-safe.
 */
final class FtpFacts {
  private static final Logger LOG = LoggerFactory.getLogger(FtpFacts.class);

  private final String server;

  /** Linux lets an acknowledgement wait for 40 ms, others for longer. */
  private static final long HELD_NANOS = 35_000_000;

  /** In a row: a busy machine is late now and then, Nagle's rule each time. */
  private static final int HELD_TIMES = 5;

  private final SeenFolders folders = new SeenFolders();
  private final RoundTrip roundTrip = new RoundTrip();
  private final ReceiveWindow receiveWindow = new ReceiveWindow();
  private final StatTrust stat;
  private volatile boolean asked;
  private volatile boolean mlsd;
  private volatile boolean utf8;
  private volatile boolean mdtm;
  private volatile @Nullable FtpDigest digest;
  private volatile boolean givesNothingBack;
  private volatile boolean mfmt;
  private volatile boolean mdtmSets = true;
  private final Respite oneByOne;
  private final Respite withoutDigest;
  private final Respite portsLate;
  private final Respite unasked;
  private final Respite repliesFlow;
  private int repliesLate;
  private final TlsTickets tickets;
  private volatile boolean knowsListsItself;
  private volatile boolean listsItself;

  FtpFacts(String server) {
    this(server, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}, for what is tried again later
   */
  FtpFacts(String server, LongSupplier nanoTime) {
    this.server = server;
    this.stat = new StatTrust(server, nanoTime);
    this.tickets = new TlsTickets(server);
    this.oneByOne =
        new Respite(server, Level.WARN, "Commands go one by one for a while.", nanoTime);
    this.withoutDigest =
        new Respite(
            server,
            Level.WARN,
            "The server tells no digests; for a while pictures are verified by their size.",
            nanoTime);
    this.portsLate =
        new Respite(
            server,
            Level.INFO,
            "Ports for data connections are asked for when they are needed, for a while.",
            nanoTime);
    this.unasked =
        new Respite(
            server,
            Level.INFO,
            "Pictures wait for the server's word before they are sent, for a while.",
            nanoTime);
    this.repliesFlow =
        new Respite(
            server, Level.DEBUG, "Replies are acknowledged one by one for a while.", nanoTime);
  }

  String server() {
    return server;
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  ReceiveWindow receiveWindow() {
    return receiveWindow;
  }

  /** For people. */
  Map<String, String> learned() {
    Map<String, String> learned = new TreeMap<>();
    learned.put("listing", mlsd ? "MLSD" : stat.isTrusted() ? "STAT" : "LIST");
    learned.put("mlsd", Boolean.toString(mlsd));
    learned.put("utf8", Boolean.toString(utf8));
    learned.put("mdtm", Boolean.toString(mdtm));
    learned.put("mfmt", Boolean.toString(mfmt));
    learned.put("digest", digest().map(FtpDigest::verb).orElse("none"));
    learned.put("commands-together", Boolean.toString(together()));
    learned.put("rename", "after a last look");
    return learned;
  }

  boolean asked() {
    return asked;
  }

  /**
   * @param features the lines of FEAT's reply (RFC 2389), none where FEAT is unknown
   */
  void learn(List<String> features) {
    for (String line : features) {
      String feature = line.strip().toUpperCase(Locale.ROOT);
      mlsd |= feature.startsWith("MLST") || feature.equals("MLSD");
      utf8 |= feature.equals("UTF8");
      mdtm |= feature.startsWith("MDTM");
      mfmt |= feature.startsWith("MFMT");
      FtpDigest.offered(line).ifPresent(offer -> digest = FtpDigest.better(digest, offer));
    }
    asked = true;
    LOG.info(
        "Learned what the server offers. server={} mlsd={} utf8={} mdtm={} mfmt={}",
        server,
        mlsd,
        utf8,
        mdtm,
        mfmt);
  }

  /** MLSD of RFC 3659: exact sizes, UTC times. Offered as MLST in FEAT. */
  boolean mlsd() {
    return mlsd;
  }

  void mlsdUnknown() {
    mlsd = false;
  }

  /** Where MLSD is not offered: whether STAT may stand in for LIST. */
  StatTrust stat() {
    return stat;
  }

  boolean utf8() {
    return utf8;
  }

  /** MDTM of RFC 3659 tells a modified time in UTC. */
  boolean mdtm() {
    return mdtm;
  }

  void mdtmUnknown() {
    mdtm = false;
  }

  /** Empty where the server offers none, or told none when it was asked lately. */
  Optional<FtpDigest> digest() {
    return withoutDigest.isOver() ? Optional.ofNullable(digest) : Optional.empty();
  }

  void digestFails(FtpReply reply) {
    FtpDigest failed = digest;
    if (failed != null) {
      withoutDigest.begin(failed.verb() + " got " + reply);
    }
  }

  /** The server takes pictures and gives none back; that is told once. */
  void givesNothingBack(FtpReply reply) {
    if (!givesNothingBack) {
      givesNothingBack = true;
      LOG.warn(
          "The server gives nothing back that it was sent; pictures are not read back there. server={} why={}",
          server,
          reply);
    }
  }

  /** MFMT of draft-somers-ftp-mfxx sets it. */
  boolean mfmt() {
    return mfmt;
  }

  /** MDTM with a time before the path sets it too (vsftpd, some others). */
  boolean mdtmSets() {
    return mdtm && mdtmSets;
  }

  void timesCanNotBeSet() {
    if (mfmt || mdtmSets) {
      LOG.warn(
          "The server keeps its own modified times: neither MFMT nor MDTM with a time worked. server={}",
          server);
    }
    mfmt = false;
    mdtmSets = false;
  }

  /** Those last seen or made there. */
  SeenFolders folders() {
    return folders;
  }

  /** Whether it was found out what {@link #listsItself()} tells. */
  boolean knowsListsItself() {
    return knowsListsItself;
  }

  /** Whether {@code LIST -a} is worth trying. */
  boolean mayListItself() {
    return listsItself || !knowsListsItself;
  }

  /** {@code LIST -a} of a folder that may be read has a line for the folder itself. */
  boolean listsItself() {
    return listsItself;
  }

  void listsItself(boolean does) {
    listsItself |= does;
    knowsListsItself = true;
  }

  /** Whether a port for a data connection may be asked for some time before it is used. */
  boolean portsStay() {
    return portsLate.isOver();
  }

  void portsClose(IOException why) {
    portsLate.begin(why.toString());
  }

  /** Whether a small picture may follow STOR without waiting for the reply that lets it come. */
  boolean takesUnasked() {
    return together() && unasked.isOver();
  }

  /** Says nothing while commands go one by one: the same trouble was told then. */
  void takesNothingUnasked(String why) {
    if (together()) {
      unasked.begin(why);
    }
  }

  boolean together() {
    return oneByOne.isOver();
  }

  /**
   * Whether the server sends a reply only when the one before it was acknowledged, as Nagle's rule
   * has it: then each is to be acknowledged at once, which costs a packet, or the kernel lets it
   * wait for 40 ms.
   */
  boolean holdsReplies() {
    return !repliesFlow.isOver();
  }

  /**
   * @param nanos between two replies to commands that were sent together, at most
   */
  synchronized void repliesCameWithin(long nanos) {
    repliesLate = nanos < HELD_NANOS ? 0 : repliesLate + 1;
    if (repliesLate >= HELD_TIMES && !holdsReplies()) {
      repliesLate = 0;
      repliesFlow.begin("a reply came after %d ms".formatted(nanos / 1_000_000));
    }
  }

  /** Longer each time: it may have been the network once, but not always. */
  void oneByOne(String why) {
    oneByOne.begin(why);
  }

  /** Of an FTPS server. */
  TlsTickets tickets() {
    return tickets;
  }
}
