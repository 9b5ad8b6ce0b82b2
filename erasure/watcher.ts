/** Hears how a run goes while it goes. What it does with that must not throw. */
export interface RunWatcher {
	/** The run is about so many targets. */
	begun(targets: number): void;
	/** So many more targets have their outcome; 0 where time passed and none has. */
	settled(targets: number): void;
	/** The vendor turned a request away for now. */
	pushedBack(): void;
}
