package org.skep.api;

import java.util.Optional;

/** Where things have their place in the page that a text names. */
interface Places {
  /**
   * @param address a whole address, under the name by which the client reached us
   * @param name what it is called here
   */
  record Place(String address, String name) {}

  /** For texts in which nothing is looked up. */
  Places NOWHERE =
      new Places() {
        @Override
        public Optional<Place> person(String id) {
          return Optional.empty();
        }

        @Override
        public Optional<Place> called(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<Place> post(String link) {
          return Optional.empty();
        }

        @Override
        public Optional<Place> tag(String written) {
          return Optional.empty();
        }
      };

  /** The person that a network calls so, where the text's author names her. */
  Optional<Place> person(String id);

  /** The person whom the text's author calls so. */
  Optional<Place> called(String name);

  /** The post that a link names, where it is here and may be seen. */
  Optional<Place> post(String link);

  /** What is said about something, where the text is about it. */
  Optional<Place> tag(String written);
}
