package org.trimtab.mutation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.trimtab.cli.InProcess;

/** A process that runs one command after another, as {@link WorkerProcess} asks for them. */
final class Worker {
  private Worker() {}

  /** Arguments: a port to connect to, a folder, the folder of data. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    InProcess program =
        new InProcess(
            folder,
            Map.of(
                "TRIMTAB_CACHE", folder.resolve("cache").toString(), "TRIMTAB_DATA", arguments[2]));
    try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      while (true) {
        InProcess.Ended ended = program.run(command(in));
        out.writeInt(ended.exitCode());
        write(out, ended.out());
        write(out, ended.err());
        out.flush();
      }
    } catch (EOFException done) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static String[] command(DataInputStream in) throws IOException {
    String[] command = new String[in.readInt()];
    for (int i = 0; i < command.length; i++) {
      command[i] = read(in);
    }
    return command;
  }

  static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
