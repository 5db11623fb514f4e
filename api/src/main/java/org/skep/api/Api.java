package org.skep.api;

import java.util.Optional;
import java.util.function.Supplier;
import org.skep.engine.Engine;
import org.skep.engine.PeopleReader;
import org.skep.engine.Tokens;
import org.skep.kernel.Aliases;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Progress;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Vault;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.HttpHandler;
import org.skep.kernel.http.HttpRoutes;

/** The client API put together: every call of {@code docs/api.md}. Any thread. */
public final class Api implements AutoCloseable {
  /** For whoever is not let in yet; it is said in one way everywhere. */
  public static final String HOW_TO_GET_IN =
      "Open a second terminal window in Skep's folder and type: ./skep open";

  private final Ground ground;
  private final ShapeMaker.Sources sources;
  private final AttachmentShapes attachments;
  private final Uploads uploads;
  private final Streaming streaming;

  /**
   * What the API stands on.
   *
   * @param store to hear what is announced, and for the settings in the vault
   */
  public record Ground(
      Engine engine,
      Store store,
      Blobs blobs,
      Aliases aliases,
      Vault vault,
      Clock clock,
      Tasks tasks,
      NodeControl node) {}

  public Api(Ground ground) {
    this.ground = ground;
    PeopleReader people = new PeopleReader(ground.store(), ground.aliases());
    Household household = new Household(ground.node(), ground.engine().reader());
    this.attachments = new AttachmentShapes(ground.blobs());
    this.sources =
        new ShapeMaker.Sources(
            ground.engine().reader(), people, household, ground.blobs(), attachments);
    this.uploads = new Uploads(ground.clock());
    this.streaming = new Streaming(ground.store(), ground.tasks(), ground.engine(), sources);
  }

  /** Tells the door who is calling; it needs no view, and so no engine. */
  public static Authenticator authenticator(Tokens tokens) {
    return new TokenAuthenticator(tokens);
  }

  /**
   * Registers what is answered while views are built: the page and the ways in. Every other call is
   * told that it takes a while, and how long.
   *
   * @param page answers with the page itself
   * @param building how far that is
   */
  public static void registerEarly(
      HttpRoutes routes, Tokens tokens, HttpHandler page, Supplier<Optional<Progress>> building) {
    new Entrance(tokens, page).register(routes);
    new WaitingCalls(building).register(routes);
  }

  /**
   * Registers every call.
   *
   * @param page answers with the page itself
   */
  public void register(HttpRoutes routes, HttpHandler page) {
    Engine engine = ground.engine();
    Endpoints endpoints = new Endpoints(routes);
    new Entrance(engine.tokens(), page).register(routes);
    new AccountCalls(engine, sources).register(endpoints);
    new ProfileCalls(engine, sources).register(endpoints);
    new BlobCalls(ground.blobs()).register(routes);
    new MediaCalls(engine.pictures(), uploads, attachments).register(endpoints);
    new StatusCalls(engine, sources, new OnlyOnce(ground.clock()), uploads).register(endpoints);
    new HoldBackCalls(engine.reader(), engine.actions()).register(endpoints);
    new EditCalls(engine, sources, uploads).register(endpoints);
    new LetterCalls(engine, sources).register(endpoints);
    new TagCalls(engine.tags(), sources).register(endpoints);
    new MarkerCalls(engine.reader(), engine.actions()).register(endpoints);
    new ReachCalls(engine.reader(), engine.actions()).register(endpoints);
    new InstanceCalls(ground.node()).register(endpoints);
    Bringing bringing = new Bringing(ground.clock());
    new NodeCalls(ground, bringing).register(endpoints);
    new EntryCalls(engine, bringing).register(endpoints);
    new WhyCalls(engine, ground.node(), ground.clock()).register(endpoints);
    new KeyCalls(engine.tokens(), ground.node(), streaming).register(endpoints);
    streaming.register(endpoints);
  }

  /** Ends the streams; the calls go on until the door closes. */
  @Override
  public void close() {
    streaming.close();
    uploads.close();
  }
}
