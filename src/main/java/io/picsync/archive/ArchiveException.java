package io.picsync.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong on a server. The kind tells what the caller may do: try again ({@link
 * PassingException}), give up this picture or folder ({@link RefusedException}, {@link
 * VanishedException}, {@link UnsettledException}, {@link PictureExistsException}), or give up the
 * whole server for now ({@link UnavailableException}, {@link NoSpaceException}). Messages say what
 * was attempted, on which server and path, why it failed and what to do; they never hold a
 * credential.
 */
public abstract sealed class ArchiveException extends IOException
    permits PassingException,
        RefusedException,
        VanishedException,
        UnsettledException,
        PictureExistsException,
        UnavailableException,
        NoSpaceException,
        CancelledException {
  private static final long serialVersionUID = 1L;

  ArchiveException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
