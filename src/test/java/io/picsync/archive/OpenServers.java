package io.picsync.archive;

import io.picsync.archive.file.FileServerKind;
import io.picsync.archive.ftp.FtpServerKind;
import io.picsync.archive.ftp.FtpsServerKind;
import io.picsync.archive.sftp.SftpServerKind;
import io.picsync.settings.Settings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Opens servers as the runtime does: from settings, with a started context that all tests share.
 */
public final class OpenServers {
  private static final CamelContext CONTEXT = started();

  private OpenServers() {}

  public static Servers of(Map<String, String> settings) {
    return of(settings, InstantSource.system());
  }

  public static Servers of(Map<String, String> settings, InstantSource clock) {
    return new Servers(
        List.of(
            new FileServerKind(),
            new FtpServerKind(CONTEXT),
            new FtpsServerKind(CONTEXT),
            new SftpServerKind()),
        new Settings(settings),
        new TemporaryNames(Owner.unknown()),
        clock);
  }

  /** The settings of one server called {@code x}, by keys without their prefix. */
  public static Map<String, String> x(String... keysAndValues) {
    return server("x", keysAndValues);
  }

  public static Map<String, String> server(String name, String... keysAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put("picsync.server." + name + "." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  private static CamelContext started() {
    DefaultCamelContext context = new DefaultCamelContext();
    context.disableJMX();
    context.start();
    return context;
  }
}
