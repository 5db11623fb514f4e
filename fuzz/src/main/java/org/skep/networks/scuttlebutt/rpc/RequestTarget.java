package org.skep.networks.scuttlebutt.rpc;

import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** What opens a call or a stream, and what answers it with an error. */
public final class RequestTarget implements Target {
  @Override
  public String name() {
    return "requests";
  }

  @Override
  public List<Bytes> seeds() {
    return Recordings.bodies();
  }

  @Override
  public void read(Bytes input) {
    RpcItem item = new RpcItem(BodyType.JSON, input);
    try {
      RpcRequest request = RpcRequest.parse(item);
      RpcItem written = request.toItem();
      Must.equal(written, RpcRequest.parse(written).toItem(), "a request is read as it is written");
    } catch (RpcException refused) {
      Must.hold(refused.toItem().body().length() > 0, "a refusal can be told");
    }
    RpcException received = RpcException.received(item);
    Must.hold(String.valueOf(received.getMessage()).length() <= 300, "their words are cut");
  }
}
