package io.picsync.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each command properly does, and what one conversation remembers between commands. */
final class FtpCommands {
  private static final Set<String> BEFORE_LOGIN =
      Set.of(ScriptedFtpServer.CONNECT, "USER", "PASS", "QUIT", "FEAT", "SYST", "OPTS", "NOOP");
  private static final Pattern OPTIONS = Pattern.compile("(?:-\\S*\\s?)*");
  private static final Pattern TIME_AND_PATH = Pattern.compile("(\\d{14})(?:\\.\\d+)? (.+)");

  private static final String NO_CONNECTION = "425 Failed to establish connection.";

  private final MemoryTree tree;
  private final FtpAccount account;
  private final Clock clock;
  private final FtpData data = new FtpData();
  private String user = "";
  private boolean loggedIn;
  private String folder = "/";
  private @Nullable String renameFrom;

  FtpCommands(MemoryTree tree, FtpAccount account, Clock clock) {
    this.tree = tree;
    this.account = account;
    this.clock = clock;
  }

  FtpData data() {
    return data;
  }

  /** Does the command and returns its final reply, which the caller sends. */
  String perform(ScriptedCommand command) throws IOException {
    String argument = command.argument();
    if (account.without().contains(command.verb())) {
      return "500 Unknown command.";
    }
    if (!loggedIn && !BEFORE_LOGIN.contains(command.verb())) {
      return "530 Please login with USER and PASS.";
    }
    return switch (command.verb()) {
      case ScriptedFtpServer.CONNECT -> "220 Scripted FTP server ready.";
      case "USER" -> {
        user = argument;
        yield "331 Please specify the password.";
      }
      case "PASS" -> {
        loggedIn = user.equals(account.user()) && argument.equals(account.password());
        yield loggedIn ? "230 Login successful." : "530 Login incorrect.";
      }
      case "SYST" -> "215 UNIX Type: L8";
      case "FEAT" -> account.features();
      case "OPTS", "NOOP", "TYPE", "MODE", "STRU", "ALLO" -> "200 OK.";
      case "ABOR" -> "225 No transfer to abort.";
      case "QUIT" -> "221 Goodbye.";
      case "PWD" -> "257 \"" + folder.replace("\"", "\"\"") + "\" is the current folder.";
      case "CWD" -> changeFolder(resolve(argument));
      case "CDUP" -> changeFolder(resolve(".."));
      case "PASV" -> {
        int port = data.listen();
        yield "227 Entering Passive Mode (127,0,0,1," + port / 256 + "," + port % 256 + ").";
      }
      case "EPSV" -> "229 Entering Extended Passive Mode (|||" + data.listen() + "|)";
      case "LIST", "MLSD" ->
          entries(command) == null ? "550 No such folder." : transfer(command, content(command));
      case "STAT" -> status(command);
      case "RETR" -> {
        byte[] content = tree.content(resolve(argument));
        yield content == null ? "550 Failed to open file." : transfer(command, content);
      }
      case "STOR" -> store(command);
      case "MLST" -> {
        MemoryTree.Entry entry = tree.entry(resolve(argument));
        yield entry == null
            ? "550 No such file or folder."
            : "250-Facts\r\n " + FtpListing.facts(entry) + " " + resolve(argument) + "\r\n250 End";
      }
      case "SIZE" -> {
        byte[] content = tree.content(resolve(argument));
        yield content == null ? "550 Could not get file size." : "213 " + content.length;
      }
      case "MDTM" -> modifiedTime(argument);
      case "MFMT" -> {
        Matcher set = TIME_AND_PATH.matcher(argument);
        yield set.matches() ? setTime(set.group(1), set.group(2)) : "501 Needs a time and a path.";
      }
      case "RNFR" -> {
        renameFrom = tree.entry(resolve(argument)) == null ? null : resolve(argument);
        yield renameFrom == null ? "550 RNFR command failed." : "350 Ready for RNTO.";
      }
      case "RNTO" -> rename(resolve(argument));
      case "DELE" -> tree.deleteFile(resolve(argument)) ? "250 Deleted." : "550 Delete failed.";
      case "MKD" ->
          tree.makeFolder(resolve(argument), clock.instant())
              ? "257 \"" + resolve(argument).replace("\"", "\"\"") + "\" created."
              : "550 Create folder failed.";
      case "RMD" -> tree.deleteFolder(resolve(argument)) ? "250 Removed." : "550 Remove failed.";
      default -> "500 Unknown command.";
    };
  }

  /** As vsftpd does; without a path it would tell of the server. */
  private String status(ScriptedCommand command) {
    return "213-Status follows:\r\n"
        + new String(content(command), StandardCharsets.UTF_8)
        + "213 End of status";
  }

  /** What RETR, LIST, STAT or MLSD send; empty if there is nothing to send. */
  byte[] content(ScriptedCommand command) {
    if (command.verb().equals("RETR")) {
      byte[] content = tree.content(resolve(command.argument()));
      return content == null ? new byte[0] : content;
    }
    List<MemoryTree.Entry> entries = entries(command);
    if (entries == null) {
      return new byte[0];
    }
    Matcher options = OPTIONS.matcher(command.argument());
    String letters = options.lookingAt() ? options.group() : "";
    return command.verb().equals("MLSD")
        ? FtpListing.machineList(entries)
        : FtpListing.list(entries, letters.contains("a"), clock.instant());
  }

  void store(ScriptedCommand command, byte[] content) {
    tree.write(resolve(command.argument()), content, clock.instant());
  }

  private @Nullable List<MemoryTree.Entry> entries(ScriptedCommand command) {
    boolean machine = command.verb().equals("MLSD");
    String argument = command.argument();
    String path = resolve(machine ? argument : OPTIONS.matcher(argument).replaceFirst(""));
    MemoryTree.Entry entry = tree.entry(path);
    if (entry == null || (machine && !entry.folder())) {
      return null;
    }
    return entry.folder() ? tree.children(path) : List.of(entry);
  }

  private String store(ScriptedCommand command) throws IOException {
    String path = resolve(command.argument());
    if (!data.listening()) {
      return "425 Use PASV first.";
    }
    if (!tree.write(path, new byte[0], clock.instant())) {
      return "553 Could not create file.";
    }
    try {
      command.openData();
    } catch (SocketTimeoutException e) {
      return NO_CONNECTION;
    }
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean whole = data.receive(Integer.MAX_VALUE, received);
    store(command, received.toByteArray());
    data.close();
    return whole ? "226 Transfer complete." : "426 Failure reading network stream.";
  }

  private String transfer(ScriptedCommand command, byte[] content) throws IOException {
    if (!data.listening()) {
      return "425 Use PASV first.";
    }
    try {
      command.openData();
    } catch (SocketTimeoutException e) {
      return NO_CONNECTION;
    }
    try {
      data.send(content);
      data.finish(false);
      return "226 Transfer complete.";
    } catch (IOException e) {
      data.close();
      return "426 Failure writing network stream.";
    }
  }

  private String changeFolder(String path) {
    if (!tree.isFolder(path)) {
      return "550 Failed to change folder.";
    }
    folder = path;
    return "250 Folder changed.";
  }

  private String modifiedTime(String argument) {
    Matcher set = TIME_AND_PATH.matcher(argument);
    if (account.setsTimes() && set.matches()) {
      return setTime(set.group(1), set.group(2));
    }
    MemoryTree.Entry entry = tree.entry(resolve(argument));
    return entry == null || entry.folder()
        ? "550 Could not get file modification time."
        : "213 " + FtpListing.STAMP.format(entry.modified());
  }

  private String setTime(String stamp, String path) {
    try {
      Instant modified =
          LocalDateTime.parse(stamp, FtpListing.STAMP.withZone(null)).toInstant(ZoneOffset.UTC);
      return tree.touch(resolve(path), modified)
          ? "213 Modify=" + stamp + "; " + path
          : "550 Could not set file modification time.";
    } catch (DateTimeParseException e) {
      return "501 Not a time.";
    }
  }

  private String rename(String to) {
    String from = renameFrom;
    renameFrom = null;
    if (from == null) {
      return "503 RNFR required first.";
    }
    return tree.rename(from, to) ? "250 Rename successful." : "550 Rename failed.";
  }

  private String resolve(String path) {
    return MemoryTree.canonical(path.startsWith("/") ? path : folder + "/" + path);
  }
}
