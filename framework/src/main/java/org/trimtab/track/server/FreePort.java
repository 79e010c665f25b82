package org.trimtab.track.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.trimtab.UserException;

/** Looks for a free port. */
final class FreePort {
  private static final int TRIES = 50;
  private static final int LAST = 65_535;
  private static final byte[] LOCALHOST = {127, 0, 0, 1};

  private FreePort() {}

  /**
   * The first free port of the loopback address, starting at the requested one.
   *
   * @throws UserException when none of 50 is free
   */
  static int from(int wished) {
    int end = Math.min(LAST, wished + TRIES - 1);
    for (int port = wished; port <= end; port++) {
      if (free(port)) {
        return port;
      }
    }
    throw new UserException(
        "no port from %d to %d is free: name another with --port".formatted(wished, end));
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOCALHOST))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
