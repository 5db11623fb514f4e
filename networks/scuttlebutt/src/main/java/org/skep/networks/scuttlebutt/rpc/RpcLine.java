package org.skep.networks.scuttlebutt.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What muxrpc runs over: two streams of bytes whose end can be said rather than suffered. */
public interface RpcLine {
  /** Ends when the other side has said goodbye; a line that breaks throws. */
  InputStream input();

  OutputStream output();

  /** Says that nothing more will be written; what is on its way still arrives. */
  void goodbye() throws IOException;

  /** Cuts the line at once; whoever reads or writes fails. Any thread, any number of times. */
  void hangUp();
}
