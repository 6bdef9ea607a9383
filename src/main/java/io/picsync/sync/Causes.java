package io.picsync.sync;

import static java.util.stream.Collectors.joining;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;

/** Finds what Camel's wrappers hold: a bean's exception arrives inside one to three others. */
public final class Causes {
  /** How Camel tells of a word that an option does not have. */
  private static final Pattern NO_CONSTANT =
      Pattern.compile("Enum class class (\\S+) does not have any constant with value: (.*)");

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
    Matcher word = NO_CONSTANT.matcher(String.valueOf(message));
    if (word.matches()) {
      return noConstant(failure, word.group(2), word.group(1));
    }
    boolean ours = root.getClass().getName().startsWith("io.picsync.");
    String text =
        message == null || message.isBlank()
            ? root.getClass().getSimpleName()
            : ours ? message : root.getClass().getSimpleName() + ": " + message;
    return text.replace('\n', ' ').replace("\r", "");
  }

  private static String noConstant(Throwable failure, String word, String type) {
    String option = "";
    for (Throwable of = failure; of != null; of = of.getCause()) {
      if (of instanceof PropertyBindingException binding && binding.getPropertyName() != null) {
        option = binding.getPropertyName() + "=";
      }
    }
    try {
      Object[] constants = Class.forName(type).getEnumConstants();
      return "%s%s: the word is none of %s."
          .formatted(
              option, word, Arrays.stream(constants).map(String::valueOf).collect(joining(", ")));
    } catch (ClassNotFoundException e) {
      return option + word + ": there is no such word for it.";
    }
  }
}
