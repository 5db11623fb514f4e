package org.skep.networks.scuttlebutt;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.skep.kernel.Connection;
import org.skep.networks.scuttlebutt.boxstream.BoxInputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxOutputStream;
import org.skep.networks.scuttlebutt.handshake.SessionKeys;
import org.skep.networks.scuttlebutt.rpc.RpcLine;

/** A connection after its handshake: everything that passes is sealed in boxes. */
public final class BoxLine implements RpcLine {
  private static final int BUFFER_BYTES = 16 << 10;

  private final Connection connection;
  private final BoxInputStream input;
  private final BoxOutputStream output;

  public BoxLine(Connection connection, SessionKeys keys) {
    this.connection = connection;
    this.input = new BoxInputStream(connection.input(), keys.receiveKey(), keys.receiveNonce());
    this.output =
        new BoxOutputStream(
            new BufferedOutputStream(connection.output(), BUFFER_BYTES),
            keys.sendKey(),
            keys.sendNonce());
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void goodbye() throws IOException {
    output.goodbye();
  }

  @Override
  public void hangUp() {
    connection.close();
  }
}
