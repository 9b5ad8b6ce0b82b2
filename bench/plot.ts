import type { TopLevelSpec } from 'vega-lite';

import type { Results } from './results';
import { wayNames } from './ways';

const vendorNames = { creovai: 'Creovai: 10,000 calls', flyflow: 'Flyflow: 10,000 calls' } as const;

/** Seconds of each way on a logarithmic scale, one panel a vendor. @returns an SVG */
export async function plotComparisons({ creovai, flyflow }: Results): Promise<string> {
	const order: readonly string[] = Object.values(wayNames);
	const values = Object.entries({ creovai, flyflow }).flatMap(([vendor, { cases }]) =>
		cases
			.filter(({ title }) => order.includes(title))
			.map(({ title, seconds }) => ({
				vendor: vendorNames[vendor as keyof typeof vendorNames],
				way: title,
				seconds,
				label: `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`,
			})),
	);
	const axis = { labelLimit: 300 };
	const y = { field: 'way', type: 'nominal', sort: [...order], title: null, axis } as const;
	const domain: number[] = [1, 2000];
	const x = {
		field: 'seconds',
		type: 'quantitative',
		scale: { type: 'log', domain },
		title: 'seconds, on a logarithmic scale: shorter is better',
	} as const;
	const spec: TopLevelSpec = {
		background: 'white',
		padding: 12,
		data: { values },
		facet: {
			row: {
				field: 'vendor',
				type: 'nominal',
				title: null,
				header: {
					labelAngle: 0,
					labelOrient: 'top',
					labelAnchor: 'start',
					labelFontSize: 13,
					labelFontWeight: 'bold',
				},
			},
		},
		spec: {
			width: 520,
			height: { step: 30 },
			layer: [
				{
					mark: { type: 'bar', height: 20 },
					encoding: {
						y,
						x,
						x2: { datum: 1 },
						color: {
							condition: { test: "datum.way === 'this package'", value: '#0b7a5c' },
							value: '#9aa5b1',
						},
					},
				},
				{
					mark: { type: 'text', align: 'left', dx: 5, fontSize: 12 },
					encoding: { y, x, text: { field: 'label', type: 'nominal' } },
				},
			],
		},
		config: {
			font: 'system-ui, sans-serif',
			axis: { labelFontSize: 12, titleFontSize: 12, labelLimit: 220 },
			view: { stroke: null },
		},
	};
	// Vega waits at the top of a module, which only `import` can.
	const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
	return await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
