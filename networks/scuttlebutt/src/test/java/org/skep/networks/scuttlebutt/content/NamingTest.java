package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a post names and what it is about, wherever its author's program wrote that. */
class NamingTest {
  private static final String ANA = "@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519";
  private static final String BEN = "@PJw77NhmEJmY8+ERy+AD1ahZBzrQGcLqqlqjDiKAnSA=.ed25519";
  private static final String MESSAGE = "%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256";
  private static final String BLOB = "&sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n/OJGSC1U=.sha256";

  private static final String URI = "ssb:feed/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU=";

  private static Content.Mention mention(String link, String name) {
    return new Content.Mention(link, Optional.of(name));
  }

  private static Map<String, String> people(List<Content.Mention> mentions, String text) {
    Map<String, String> people = new LinkedHashMap<>();
    Naming.people(mentions, text).forEach((feed, name) -> people.put(feed.toString(), name));
    return people;
  }

  @Test
  void ofMentionsOnlyPeopleArePeople() {
    assertEquals(
        Map.of(ANA, "ana"),
        people(
            List.of(
                mention(MESSAGE, "a message"),
                mention(BLOB, "a picture"),
                mention("#bees", "bees"),
                mention("@", "somebody"),
                mention("@ana", "ana"),
                mention(ANA, "@ana")),
            ""));
  }

  @Test
  void aPersonIsNamedOnceWhateverIsBehindTheLink() {
    assertEquals(
        Map.of(ANA, "ana"),
        people(
            List.of(
                new Content.Mention(ANA + "?t=1", Optional.empty()),
                mention(ANA, "ana"),
                mention(URI, "somebody else")),
            ""));
  }

  @Test
  void whoStandsInTheTextAloneIsNamed() {
    assertEquals(Map.of(ANA, "ana"), people(List.of(), "hi [@ana](" + ANA + ")!"));
    assertEquals(Map.of(ANA, ""), people(List.of(), "hi " + ANA + "!"));
    assertEquals(Map.of(ANA, ""), people(List.of(), "hi [" + ANA + "](" + ANA + ")!"));
    assertEquals(
        Map.of(ANA, "ana", BEN, "ben"),
        people(List.of(mention(BEN, "ben")), "[ana](" + ANA + ") and [@b](" + BEN + ")"));
  }

  @Test
  void inCodeNobodyIsNamed() {
    assertEquals(Map.of(), people(List.of(), "`[@ana](" + ANA + ")`\n\n```\n" + BEN + "\n```"));
  }

  @Test
  void tagsComeFromChannelMentionsAndText() {
    assertEquals(
        List.of("newzealand", "bees", "2026", "new-people"),
        Naming.tags(
            Optional.of("#New Zealand"),
            List.of(mention("#Bees", "x"), mention(ANA, "#no"), mention("#", "y")),
            "#2026 #bees #new-people `#no`"));
    assertEquals(
        List.of("a".repeat(30)),
        Naming.tags(Optional.of("a".repeat(31)), List.of(), "#" + "A".repeat(31)));
    assertEquals(List.of(), Naming.tags(Optional.of("?"), List.of(), ""));
  }
}
