package io.picsync.sync;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;

/** Finds what Camel's wrappers hold: a bean's exception arrives inside one to three others. */
public final class Causes {
  private Causes() {}

  /** The innermost cause. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root && isWrapper(root)) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof InvocationTargetException
        || failure instanceof UncheckedIOException
        || failure instanceof ExecutionException
        || failure.getClass().getName().startsWith("org.apache.camel.");
  }

  /** Its message, or its name where it has none; one line. */
  public static String message(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage();
    boolean ours = root.getClass().getName().startsWith("io.picsync.");
    String text =
        message == null || message.isBlank()
            ? root.getClass().getSimpleName()
            : ours ? message : root.getClass().getSimpleName() + ": " + message;
    return text.replace('\n', ' ').replace("\r", "");
  }
}
