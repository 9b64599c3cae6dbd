// The sky: a dying sun under broken cloud, and the air between the eye and things.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
#pragma include "noise.glsl"
#pragma include "clouds.glsl"
#pragma include "sky_model.glsl"
uniform sampler2D u_dome;  // clear_sky over the upper half space (dome.frag)
uniform sampler2D u_sky;  // the clear sky by dusk and by silver light, as sky_model.glsl has it

// 4.5 degrees above the western horizon.
const vec3 SUN_DIR = vec3(-0.99692, 0.0, 0.07846);
const float SUN_RADIUS = 0.034;  // radians: seven times the real one, as dreams and telephoto have it

// The palette wants more violet than the fitted air has away from the sun.
const vec3 BRUISE = vec3(0.78, 1.0, 1.42);

// What a camera holds back of the glare about the sun, or its disc would not stand out of it.
const float GLARE = 0.82;

const vec3 SUN_CORE = vec3(6.5, 0.46, 0.09), SUN_LIMB = vec3(0.30, 0.003, 0.012);  // radiance
const vec3 SUN_AUREOLE = vec3(1.0, 0.085, 0.045);

const float HAZE = 0.0047;  // a metre of air near the ground

// How much of the dusk and of the silver sky there is. Twin of world/render/skyline.py.
vec2 sky_shares() { return vec2(1.0 - 0.50 * S_sky_light, 0.62 * S_sky_light) * S_lit; }

// Away from the sun the dusk's rose lies over the blue of the earth's own shadow (the belt of
// Venus), which single scattering with so high a sun would leave out.
vec3 antitwilight(vec3 dir) {
    float east = smoothstep(-0.25, 0.95, dir.x);
    if (east <= 0.0) return vec3(0.0);
    float lift = asin(clamp(dir.z, 0.0, 1.0));
    float rose = exp(-pow((lift - 0.19) / 0.15, 2.0));
    float slate = exp(-lift / 0.085);
    return (srgb(0xB0587C) * 0.46 * rose + srgb(0x44588C) * 0.44 * slate) * east * S_lit * (1.0 - 0.8 * S_sky_light);
}

// Where the sun goes down the haze along the horizon burns.
vec3 horizon_fire(vec3 dir) {
    float lift = max(dir.z, 0.0);
    float aside = dir.y * dir.y / max(dir.x * dir.x, 1e-4);
    float west = smoothstep(0.0, 0.6, -dir.x) / (1.0 + 9.0 * aside);
    return vec3(0.20, 0.022, 0.016) * exp(-lift / 0.045) * west * S_lit * (1.0 - 0.8 * S_sky_light);
}

// The clear sky, without sun or cloud.
vec3 clear_sky(vec3 dir) {
    float near_sun = exp(-2.4 * acos(clamp(dot(dir, SUN_DIR), -1.0, 1.0)));
    vec3 seen = sky_above(u_sky, dir, SUN_DIR, sky_shares()) * mix(BRUISE, vec3(1.0 - GLARE), near_sun);
    return seen + antitwilight(dir) + horizon_fire(dir);
}

// The same from the dome, where a degree more or less does not tell: haze and reflections.
vec3 sky_gradient(vec3 dir) {
    return textureLod(u_dome, 0.5 + 0.5 * dir.xy / (1.0 + max(dir.z, 0.0)), 0.0).rgb;
}

// Far cloud that lies across the sun: a ragged bank over its lower third, a wisp over the rest.
float sun_bars(vec3 dir) {
    float azimuth = dir.y / max(-dir.x, 0.1);  // as good as the angle, where there are bars
    float drift = S_breath * 0.0016;
    vec4 broad = textureLod(u_clouds, vec2(azimuth * 0.4775 + drift, 0.13), 0.0);
    vec4 fine = textureLod(u_clouds, vec2(azimuth * 2.4 + drift, dir.z * 3.0 + 0.7), 0.0);
    float middle = 0.0585 + (broad.x - 0.5) * 0.012 + (fine.x - 0.5) * 0.006;
    float half_height = 0.0028 + 0.0062 * broad.y;
    float bank = 1.0 - smoothstep(0.45, 1.2, abs(dir.z - middle) / half_height + (fine.z - 0.5) * 0.7);
    float at = 0.0905 - azimuth * 0.10 + (fine.y - 0.5) * 0.004;
    float wisp = (1.0 - smoothstep(0.2, 1.0, abs(dir.z - at) / 0.0048)) * smoothstep(0.35, 0.75, fine.x + 6.0 * azimuth);
    return max(bank, 0.35 * wisp) * step(dir.x, 0.0) / (1.0 + 9.0 * azimuth * azimuth);
}

// The sun's face and the light that haze sends on past it, `off` = 1 - the cosine to its middle:
// a narrow lobe for large drops in a broad one for fine haze.
vec3 sun_and_aureole(float off, float bars) {
    float across2 = 2.0 * off / (SUN_RADIUS * SUN_RADIUS);  // of the angle, in its own radii
    vec3 face = sun_face(across2);
    float inside = 1.0 - smoothstep(0.94, 1.0, across2);
    vec3 disc = mix(SUN_LIMB, SUN_CORE, face * face) * inside * (1.0 - 0.80 * bars);
    float narrow = 1.0 / (1.0 + across2 * 0.30), wide = 1.0 / (1.0 + across2 * 0.030);
    return disc + SUN_AUREOLE * (narrow * narrow * 0.52 + wide * wide * 0.10) * (1.0 - 0.35 * bars);
}

// Sun and clouds on the clear sky, in radiance. `level` blurs the clouds for rough mirrors.
vec3 sky(vec3 dir, float level) {
    float off = 1.0 - dot(dir, SUN_DIR);
    float bars = sun_bars(dir);
    vec3 clear = sky_gradient(dir);
    clear = mix(clear, srgb(0x401428) * S_lit, bars * 0.7);
    clear += sun_and_aureole(off, bars) * smoothstep(-0.004, 0.004, dir.z) * S_lit * (1.0 - 0.6 * S_sky_light);
    // The rim of a bar takes fire where the sun stands behind it.
    clear += vec3(1.0, 0.20, 0.06) * bars * (1.0 - bars) * 4.0 / (1.0 + 900.0 * off) * S_lit;
    return clouded(clear, cloud_light(dir, level), dir, off);
}

// What the air adds and takes on the way from the eye to a point (single scattering, exponential
// in height; Wenzel 2006).
vec3 air(vec3 color, vec3 eye, vec3 point) {
    vec3 way = point - eye;
    float range = length(way);
    vec3 dir = way / max(range, 1e-4);
    float fall = 0.055;
    float drop = way.z * fall;
    float column = range * exp(-max(eye.z, 0.0) * fall)
        * (abs(drop) > 1e-3 ? (1.0 - exp(-drop)) / drop : 1.0);
    float haze = 1.0 - exp(-column * HAZE);
    vec3 glow = sky_gradient(normalize(vec3(dir.xy, max(dir.z, 0.0) * 0.5 + 0.03)));
    return mix(color, glow * 0.95, haze);
}
