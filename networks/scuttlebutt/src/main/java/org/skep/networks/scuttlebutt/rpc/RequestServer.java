package org.skep.networks.scuttlebutt.rpc;

import java.util.Optional;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.rpc.RpcMethods.Answering;
import org.skep.networks.scuttlebutt.rpc.RpcMethods.Streaming;
import org.skep.wire.json.JsValue;

/** Serves what the other side asks for; called by the reading thread alone, and never waits. */
final class RequestServer {
  /** What the other side hears when the failure is ours: that, and nothing about it. */
  private static final String OUR_FAULT = "the request could not be served";

  private final RpcMethods methods;
  private final RpcLimits limits;
  private final OpenRequests open;
  private final RpcConnection connection;
  private final Budget inbound;
  private final Tasks.Scope scope;

  RequestServer(
      RpcMethods methods,
      RpcLimits limits,
      OpenRequests open,
      RpcConnection connection,
      Budget inbound,
      Tasks.Scope scope) {
    this.methods = methods;
    this.limits = limits;
    this.open = open;
    this.connection = connection;
    this.inbound = inbound;
    this.scope = scope;
  }

  /** A packet with a positive number: a new request, or more of a stream that they opened. */
  void take(Frame frame, RpcItem item) throws PeerException, InterruptedException {
    if (!frame.stream()) {
      takeCall(frame, item);
      return;
    }
    Optional<RpcStream> stream = open.theirStream(frame.request());
    if (stream.isPresent() && frame.end()) {
      stream.get().arriveEnd(item);
    } else if (stream.isPresent()) {
      stream.get().arrive(item);
    } else if (open.endedRecently(frame.request())) {
      // A packet that was on its way when the stream ended.
      return;
    } else if (frame.end()) {
      // Whoever ends what was never open waits for our end all the same.
      nowhere(frame.request()).endNow();
    } else {
      openStream(frame.request(), item);
    }
  }

  private void takeCall(Frame frame, RpcItem item) throws PeerException {
    int number = frame.request();
    if (frame.end()) {
      return;
    }
    try {
      RpcRequest request = RpcRequest.parse(item);
      RpcMethods.Call call = call(request);
      if (!open.addTheirCall(number, limits.callsMax())) {
        throw new RpcException("too many calls at once");
      }
      scope.fork("muxrpc " + request.name(), () -> guard(() -> serve(number, request, call)));
    } catch (RpcException e) {
      RpcItem error = e.toItem();
      connection.writeNow(new Frame(-number, false, true, error.type(), error.body()));
    }
  }

  private RpcMethods.Call call(RpcRequest request) throws RpcException {
    return switch (methods.find(request.name()).orElse(null)) {
      case Answering answering -> answering.call();
      case Streaming streaming ->
          throw new RpcException(request.name() + " is a " + streaming.kind().word());
      case null -> throw RpcException.noSuchMethod(request.name());
    };
  }

  /** Work that ends early when the connection does. */
  private interface Serving {
    void run() throws PeerException, InterruptedException;
  }

  /**
   * A peer that breaks the rules of one method loses the whole connection. So it does by an error
   * of this program, after which nothing is sure; an exception costs the request alone.
   */
  private void guard(Serving serving) throws InterruptedException {
    try {
      serving.run();
    } catch (PeerException e) {
      connection.abort(e);
    } catch (Error e) {
      connection.abort(new PeerException("this program failed", e));
      throw e;
    }
  }

  private void serve(int number, RpcRequest request, RpcMethods.Call call)
      throws PeerException, InterruptedException {
    try {
      JsValue answer = call.answer(request);
      RpcItem item = RpcItem.json(answer);
      connection.write(new Frame(-number, false, false, item.type(), item.body()));
    } catch (RpcException e) {
      RpcItem error = e.toItem();
      connection.write(new Frame(-number, false, true, error.type(), error.body()));
    } catch (RuntimeException e) {
      RpcItem error = new RpcException(OUR_FAULT).toItem();
      say(() -> connection.write(new Frame(-number, false, true, error.type(), error.body())), e);
      throw e;
    } finally {
      open.endTheirCall(number);
    }
  }

  /** A stream that is over as soon as its end is said. */
  private RpcStream nowhere(int number) {
    return new RpcStream(-number, RpcKind.SOURCE, connection, inbound);
  }

  private void openStream(int number, RpcItem item) throws PeerException {
    try {
      RpcRequest request = RpcRequest.parse(item);
      Streaming method = stream(request);
      if (open.theirStreams() >= limits.streamsMax()) {
        throw new RpcException("too many streams at once");
      }
      RpcStream stream = new RpcStream(-number, method.kind(), connection, inbound);
      open.addTheirStream(number, stream);
      scope.fork(
          "muxrpc " + request.name(), () -> guard(() -> serve(request, stream, method.stream())));
    } catch (RpcException e) {
      nowhere(number).failNow(e);
      open.endTheirStream(number);
    }
  }

  private Streaming stream(RpcRequest request) throws RpcException {
    Streaming method =
        switch (methods.find(request.name()).orElse(null)) {
          case Streaming streaming -> streaming;
          case Answering answering ->
              throw new RpcException(request.name() + " is " + answering.kind().word());
          case null -> throw RpcException.noSuchMethod(request.name());
        };
    if (request.kind().isEmpty() || request.kind().get() != method.kind()) {
      throw new RpcException(request.name() + " is a " + method.kind().word());
    }
    return method;
  }

  private void serve(RpcRequest request, RpcStream stream, RpcMethods.Stream method)
      throws PeerException, InterruptedException {
    try {
      method.serve(request, stream);
      stream.end();
    } catch (RpcException e) {
      stream.fail(e);
    } catch (RuntimeException e) {
      say(() -> stream.fail(new RpcException(OUR_FAULT)), e);
      throw e;
    }
  }

  /** That the line is gone must not hide what went wrong here before. */
  private static void say(Serving sentence, RuntimeException ourFault) throws InterruptedException {
    try {
      sentence.run();
    } catch (PeerException gone) {
      ourFault.addSuppressed(gone);
    }
  }
}
