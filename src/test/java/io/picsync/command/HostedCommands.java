package io.picsync.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;

/** The program of {@link io.picsync.testing.CommandHost}: one command after the other. */
public final class HostedCommands {
  private HostedCommands() {}

  public static void main(String[] none) throws IOException {
    DataInputStream asked = new DataInputStream(System.in);
    DataOutputStream told = new DataOutputStream(System.out);
    try {
      while (true) {
        System.setProperty("picsync.home", asked.readUTF());
        String[] words = new String[asked.readInt()];
        for (int index = 0; index < words.length; index++) {
          words[index] = asked.readUTF();
        }
        run(words, told);
      }
    } catch (EOFException e) {
      System.exit(0); // a service that could not start may have left threads
    }
  }

  private static void run(String[] words, DataOutputStream told) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    told.writeInt(Picsync.execute(Console.system(), words));
    for (ByteArrayOutputStream said : new ByteArrayOutputStream[] {out, err}) {
      byte[] bytes = said.toByteArray();
      told.writeInt(bytes.length);
      told.write(bytes);
    }
    told.flush();
  }
}
