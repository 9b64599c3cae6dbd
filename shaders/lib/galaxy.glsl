// The Milky Way in galactic directions: x to the galaxy's centre, z to its north pole.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"

struct Galaxy {
    float light;  // unresolved stars, about 1 where it is brightest
    float dust;   // optical depth of the dark lanes
    float rose;   // glowing hydrogen
};

// The field has its longitude in whole turns of the tile, so that it closes without a seam; the
// level is given because longitude jumps where it closes.
vec4 field(vec2 turns, float repeats, float level) {
    return textureLod(u_clouds, turns * repeats, level);
}

Galaxy galaxy(vec3 g, float level) {
    float latitude = asin(clamp(g.z, -1.0, 1.0));
    vec2 p = vec2(atan(g.y, g.x), latitude) / 6.2831853;
    vec2 warp = field(p, 3.0, level).xy - 0.5;
    vec2 q = p + warp * 0.045;
    vec4 big = field(q, 4.0, level), mid = field(q + 0.37, 9.0, level);
    vec4 fine = field(q + warp.yx * 0.02, 21.0, level);
    float toward = 0.5 + 0.5 * g.x;

    float z = latitude + (big.x - 0.5) * 0.13 + (mid.y - 0.5) * 0.06;
    float width = 0.12 + 0.13 * toward * toward * toward * toward;
    float disc = exp(-pow(abs(z) / width, 1.25));
    float core = exp(-pow(abs(z) / (width * 0.45), 2.0));
    float clouds = smoothstep(0.18, 1.0, big.y * 0.45 + mid.x * 0.35 + fine.y * 0.20);
    float light = disc * (0.22 + 0.95 * clouds) + core * clouds * 0.7;
    light += 0.5 * exp(-dot(g.yz * vec2(1.0, 1.7), g.yz * vec2(1.0, 1.7)) * 14.0) * step(0.0, g.x);
    light *= 0.42 + 0.58 * toward;

    // The great rift follows the plane, torn sideways; thin filaments stand off it.
    float lane = latitude + (mid.x - 0.5) * 0.17 + (fine.x - 0.5) * 0.05 - 0.012;
    float rift = exp(-pow(lane / 0.050, 2.0)) * smoothstep(0.28, 0.72, big.x * 0.6 + fine.y * 0.4);
    float threads = pow(mid.z, 3.0) * smoothstep(0.35, 0.8, fine.x) * disc;
    Galaxy found;
    found.light = light;
    found.dust = 2.1 * rift + 1.1 * threads;
    found.rose = smoothstep(0.80, 0.99, mid.y) * smoothstep(0.45, 0.9, fine.x) * core;
    return found;
}

// How much of each colour passes the dust: blue is lost first.
vec3 through_dust(float dust) { return exp(-dust * vec3(0.82, 1.0, 1.22)); }
