package io.picsync.command;

import io.picsync.lists.WholeFile;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Causes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the reports: made and tried before a run, whose work would else go unreported. */
final class ReportsFolder {
  private ReportsFolder() {}

  /**
   * @throws SettingsException when nothing can be written there
   */
  static void prepare(Path folder) {
    try {
      WholeFile.makeFolders(folder);
      Path tried = folder.resolve("writable-" + Long.toHexString(System.nanoTime()));
      Files.delete(Files.createFile(WholeFile.part(tried)));
    } catch (IOException e) {
      throw new SettingsException(
          "Reports can't be written into %s: %s. Give another folder with --reports, or for the service with %s."
              .formatted(folder, reason(e), RuntimeKeys.REPORT_FOLDER),
          e);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return "it is a file";
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission";
    }
    if (failure instanceof FileSystemException told) {
      return told.getReason() == null ? "the system refuses it" : told.getReason();
    }
    return Causes.message(failure);
  }
}
