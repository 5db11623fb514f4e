package org.skep.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skep.engine.Engine;
import org.skep.engine.LogReader;
import org.skep.engine.MemoryDiary;
import org.skep.engine.PersonView;
import org.skep.engine.Reader;
import org.skep.engine.WhyReader;
import org.skep.kernel.AccountId;
import org.skep.kernel.Clock;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Ref;
import org.skep.kernel.Texts;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;

/** Answers why somebody's posts are here or are not, as one account may know it. */
final class WhyCalls {
  private final Reader reader;
  private final WhyReader why;
  private final LogReader logs;
  private final NodeControl node;
  private final Clock clock;

  WhyCalls(Engine engine, NodeControl node, Clock clock) {
    this.reader = engine.reader();
    this.why = engine.why();
    this.logs = engine.logs();
    this.node = node;
    this.clock = clock;
  }

  void register(Endpoints endpoints) {
    endpoints.get("/api/skep/v1/people/{id}/why", this::why);
  }

  private HttpAnswer why(Call call) {
    PersonView person =
        reader
            .person(call.person())
            .orElseThrow(() -> new HttpProblem(404, "There is no such person."));
    WhyWords words =
        new WhyWords(person, peer -> reader.personNamed(peer).name(), clock.wallMillis());
    List<String> sentences = new ArrayList<>();
    List<Shapes.WhyLog> shapes = new ArrayList<>();
    new TreeMap<>(node.status(call.account()).networks())
        .forEach((name, status) -> {
          NetworkId network = new NetworkId(name);
          for (WhyReader.Log log : why.about(call.account(), person.id(), network)) {
            Shapes.WhyLog shape = log(words, log, status);
            sentences.addAll(sentences(call.account(), words, log, shape, status));
            shapes.add(shape);
          }
        });
    if (shapes.isEmpty()) {
      sentences.add("Nothing is known of this person that could be asked of other computers.");
    }
    return Json.ok(
        new Shapes.Why(person.id().toString(), person.name(), List.copyOf(sentences), shapes));
  }

  private Shapes.WhyLog log(WhyWords words, WhyReader.Log log, NetworkStatus status) {
    return new Shapes.WhyLog(
        log.author().network().name(),
        log.author().id(),
        log.standing().isWanted(),
        log.standing().name().toLowerCase(Locale.ROOT),
        log.via().stream().map(friend -> friend.id().toString()).toList(),
        log.here(),
        log.waiting(),
        log.forkedAt().orElse(null),
        log.standing().isWanted() ? peers(words, log, status) : List.of());
  }

  /** Those who are connected, and of the others those of whom something is written down. */
  private List<Shapes.WhyPeer> peers(WhyWords words, WhyReader.Log log, NetworkStatus status) {
    Set<Ref> connected = new LinkedHashSet<>();
    status.peers().stream()
        .filter(NetworkStatus.Peer::connected)
        .forEach(peer -> connected.add(peer.peer()));
    Map<Ref, MemoryDiary.Page> pages = new HashMap<>();
    log.pages().forEach(page -> pages.put(page.peer(), page));
    Set<Ref> all = new LinkedHashSet<>(connected);
    log.pages().forEach(page -> all.add(page.peer()));
    return all.stream()
        .map(peer ->
            peer(words, peer, connected.contains(peer), Optional.ofNullable(pages.get(peer))))
        .toList();
  }

  private Shapes.WhyPeer peer(
      WhyWords words, Ref peer, boolean connected, Optional<MemoryDiary.Page> page) {
    Optional<MemoryDiary.Mark> asked = page.flatMap(MemoryDiary.Page::asked);
    Optional<MemoryDiary.Trouble> trouble = page.flatMap(MemoryDiary.Page::trouble);
    return new Shapes.WhyPeer(
        peer.id(),
        words.names().apply(peer),
        connected,
        page.flatMap(MemoryDiary.Page::has).map(MemoryDiary.Mark::sequence).orElse(null),
        asked.map(MemoryDiary.Mark::sequence).orElse(null),
        asked.map(mark -> ShapeMaker.time(mark.atMillis())).orElse(null),
        page.map(MemoryDiary.Page::entries).orElse(0L),
        page.flatMap(MemoryDiary.Page::came)
            .map(mark -> ShapeMaker.time(mark.atMillis()))
            .orElse(null),
        trouble.map(MemoryDiary.Trouble::reason).orElse(null),
        trouble.map(last -> ShapeMaker.time(last.atMillis())).orElse(null),
        page.map(known -> words.peer(known, connected)).orElseGet(() -> words.silent(peer)));
  }

  private List<String> sentences(
      AccountId account,
      WhyWords words,
      WhyReader.Log log,
      Shapes.WhyLog shape,
      NetworkStatus status) {
    List<String> all = new ArrayList<>(words.log(log));
    if (!shape.wanted()) {
      return all;
    }
    if (log.standing() == WhyReader.Standing.OWN) {
      Optional.ofNullable(logs.resting(account).get(log.author().network())).ifPresent(all::add);
    }
    if (shape.peers().stream().anyMatch(Shapes.WhyPeer::connected)) {
      all.add(words.more(log));
    } else {
      all.add("You are connected to nobody now.");
      status.peers().stream()
          .filter(peer -> !peer.connected())
          .map(peer -> peer.address() + ": " + Texts.withinALine(peer.words()) + ".")
          .forEach(all::add);
    }
    shape.peers().forEach(peer -> all.add(peer.words()));
    return all;
  }
}
